using System.Globalization;
using System.Text.Json;
using Mev.Fixtures;

namespace Mev.Domain.Tests.Learning;

/// <summary>The learning vectors beside the repository; without them a test is skipped by name, or fails.</summary>
internal static class LearningVectors
{
    public static JsonDocument Read(string file)
    {
        var path = Path.Combine(TestData.Repository, "..", "shared", "data", "learning", file);
        return JsonDocument.Parse(File.ReadAllText(TestData.NeedPath(path)));
    }

    public static double FromBits(string hex) =>
        BitConverter.UInt64BitsToDouble(ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    public static string Bits(double value) =>
        BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
}
