using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Ledger;
using Mev.Domain.Chain;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Control.Records;

/// <summary>The control plane's records, written and read.</summary>
public static class ControlRecords
{
    private const int IdLength = 16;

    /// <summary>A command as it is taken, before its effect.</summary>
    public static AuditEntry Of(Guid commandId, SignedCommand command, bool isDevelopment) => Entry(
        RecordType.Command, commandId, new AuditRecord
        {
            Command = new CommandEntry
            {
                CommandId = BytesOf(commandId),
                SignatureBase = Copy(command.SignatureBase.Span),
                Signature = Copy(command.Signature.Span),
                Body = Copy(command.Body.Span),
                IsDevelopment = isDevelopment,
            },
        });

    /// <summary>What a command was answered, with what it did, for readers of the log.</summary>
    public static IReadOnlyList<AuditEntry> Outcome(TakenCommand taken, LedgerAnswer answer, CommandRefusal? refusal)
    {
        var id = taken.Entry.CommandId;
        return
        [
            .. taken.Changes.Select(change => Entry(RecordType.KeyChange, id, new AuditRecord
            {
                KeyChange = KeyChangeOf(id, change),
            })),
            .. taken.Proposal is { } proposal ? [OfProposal(id, proposal)] : Array.Empty<AuditEntry>(),
            .. taken.Begun is { } begun ? [OfGenesis(id, begun)] : Array.Empty<AuditEntry>(),
            Entry(RecordType.CommandOutcome, id, new AuditRecord
            {
                CommandOutcome = new CommandOutcome
                {
                    CommandId = BytesOf(id),
                    CommandOffset = (ulong)taken.Offset,
                    Status = (uint)answer.Status,
                    Answer = Copy(answer.Body.Span),
                    Code = refusal?.Code ?? "",
                },
            }),
        ];
    }

    /// <summary>A refused command.</summary>
    public static AuditEntry Refused(
        Signatures.KeyId? key, CommandRefusal refusal, string path, string address, ulong unrecorded) => new(
        RecordType.RefusedCommand, key?.Thumbprint ?? default, new AuditRecord
        {
            RefusedCommand = new RefusedCommand
            {
                KeyId = key is { } id ? Copy(id.Thumbprint.ToArray()) : ByteString.Empty,
                Code = refusal.Code,
                Path = path,
                Address = address,
                Unrecorded = unrecorded,
            },
        });

    /// <summary>The id as it stands in records that name a command.</summary>
    public static ByteString BytesOf(Guid id) => Copy(id.ToByteArray(bigEndian: true));

    /// <summary>The id that a record names; none when it names none.</summary>
    public static Guid IdOf(ByteString bytes) =>
        bytes.Length == IdLength ? new Guid(bytes.Span, bigEndian: true) : Guid.Empty;

    /// <summary>The command of a record; null when it is none.</summary>
    internal static (SignedCommand Command, bool IsDevelopment)? Read(LogRecord record) =>
        AuditRecords.Read(record)?.Command is { } entry
            ? (new SignedCommand(entry.SignatureBase.Memory, entry.Signature.Memory, entry.Body.Memory),
                entry.IsDevelopment)
            : null;

    /// <summary>How the cluster began, without its first registry; null when the record does not say it.</summary>
    internal static Starts.GenesisRecord? ReadGenesis(LogRecord record) =>
        AuditRecords.Parse(record)?.Genesis is
        {
            TrustRootHash.Length: Digest.Length, ProposedBy.Length: Digest.Length, ApprovedBy.Length: Digest.Length,
        } genesis
            ? new Starts.GenesisRecord
            {
                TrustRootHash = new Digest(genesis.TrustRootHash.Span),
                Initial = default,
                ProposedBy = new Signatures.KeyId(new Digest(genesis.ProposedBy.Span)),
                ApprovedBy = new Signatures.KeyId(new Digest(genesis.ApprovedBy.Span)),
                IsDevelopment = genesis.IsDevelopment,
            }
            : null;

    private static AuditEntry Entry(RecordType type, Guid commandId, AuditRecord record) =>
        new(type, Digest.Of(commandId.ToByteArray(bigEndian: true)), record);

    private static KeyChange KeyChangeOf(Guid id, KeyEvent change) => change switch
    {
        KeyEvent.RolesSet set => new KeyChange
        {
            CommandId = BytesOf(id),
            Kind = 1,
            Principal = set.Principal.Name,
            Roles = (uint)set.Roles,
            AtMs = set.AtMs,
        },
        KeyEvent.KeyAdded { Key: var key } => new KeyChange
        {
            CommandId = BytesOf(id),
            Kind = 2,
            Principal = key.Principal.Name,
            AtMs = key.AddedMs,
            KeyId = Copy(key.PublicKey.Id.Thumbprint.ToArray()),
            PublicKey = Copy(key.PublicKey.ToArray()),
            Roles = (uint)key.Granted,
            NotBeforeMs = key.NotBeforeMs,
            NotAfterMs = key.NotAfterMs,
        },
        KeyEvent.KeyConfirmed confirmed => new KeyChange
        {
            CommandId = BytesOf(id),
            Kind = 3,
            KeyId = Copy(confirmed.Key.Thumbprint.ToArray()),
            AtMs = confirmed.AtMs,
        },
        KeyEvent.KeyRevoked revoked => new KeyChange
        {
            CommandId = BytesOf(id),
            Kind = 4,
            KeyId = Copy(revoked.Key.Thumbprint.ToArray()),
            AtMs = revoked.AtMs,
        },
        _ => throw new ArgumentException($"no record of {change}", nameof(change)),
    };

    private static AuditEntry OfProposal(Guid id, Proposals.Proposal proposal) => Entry(
        RecordType.ProposalChange, id, new AuditRecord
        {
            ProposalChange = new ProposalChange
            {
                CommandId = BytesOf(id),
                Proposal = BytesOf(proposal.Id),
                Status = (uint)proposal.Status,
                CommandHash = Copy(proposal.CommandHash.ToArray()),
                Proposer = proposal.Proposer.Principal.Name,
                Second = proposal.Approver?.Principal.Name ?? "",
            },
        });

    private static AuditEntry OfGenesis(Guid id, Starts.GenesisRecord begun) => Entry(
        RecordType.Genesis, id, new AuditRecord
        {
            Genesis = new Contracts.V1.Genesis
            {
                CommandId = BytesOf(id),
                TrustRootHash = Copy(begun.TrustRootHash.ToArray()),
                InitialHash = Copy(Digest.Of(begun.Initial.Span).ToArray()),
                ProposedBy = Copy(begun.ProposedBy.Thumbprint.ToArray()),
                ApprovedBy = Copy(begun.ApprovedBy.Thumbprint.ToArray()),
                IsDevelopment = begun.IsDevelopment,
            },
        });

    private static ByteString Copy(ReadOnlySpan<byte> bytes) => ByteString.CopyFrom(bytes);
}
