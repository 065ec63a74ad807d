using System.Globalization;
using System.Runtime.InteropServices;

namespace Mev.Benchmarks.Reports;

/// <summary>The machine of a run, and how busy others kept it.</summary>
internal sealed record Machine(string Processor, int Processors, string System, string Runtime, string LoadAverages)
{
    public static Machine This() => new(
        ProcessorName(), Environment.ProcessorCount, RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription, Load());

    /// <summary>Processes that could run, averaged over 1, 5 and 15 minutes; empty where it is not told.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}, {Processors} processors, {System}, {Runtime}, load averages before {LoadAverages}");

    private static string ProcessorName() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString()
            : RuntimeInformation.ProcessArchitecture.ToString();
}
