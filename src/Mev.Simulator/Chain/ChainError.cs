using System.Buffers.Binary;

namespace Mev.Simulator.Chain;

/// <summary>Why a transaction failed: which instruction, and how.</summary>
/// <param name="Instruction">Its place.</param>
/// <param name="Failure">How.</param>
/// <param name="Code">The program's own number, where it failed with one.</param>
internal readonly record struct ChainError(int Instruction, InstructionFailure Failure, uint Code = 0)
{
    private const uint InstructionError = 8; // variant of the transaction's error

    /// <summary>A program's own error.</summary>
    public static ChainError Custom(int instruction, uint code) => new(instruction, InstructionFailure.Custom, code);

    /// <summary>The form of JSON-RPC.</summary>
    public string Json => Failure == InstructionFailure.Custom
        ? $$$"""{"InstructionError":[{{{Instruction}}},{"Custom":{{{Code}}}}]}"""
        : $$"""{"InstructionError":[{{Instruction}},"{{Failure}}"]}""";

    /// <summary>The form of the stream: bincode.</summary>
    public byte[] Bytes
    {
        get
        {
            var isCustom = Failure == InstructionFailure.Custom;
            var bytes = new byte[sizeof(uint) + 1 + sizeof(uint) + (isCustom ? sizeof(uint) : 0)];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, InstructionError);
            bytes[4] = (byte)Instruction;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(5), (uint)Failure);
            if (isCustom) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(9), Code);
            return bytes;
        }
    }

    /// <summary>As logs say it.</summary>
    public override string ToString() => Failure == InstructionFailure.Custom
        ? $"Error processing Instruction {Instruction}: custom program error: 0x{Code:x}"
        : $"Error processing Instruction {Instruction}: {Failure}";
}
