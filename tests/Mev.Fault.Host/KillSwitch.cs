using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Mev.Fault.Host;

/// <summary>Kills this process with SIGKILL at the chosen occurrence of the chosen moment.</summary>
internal sealed class KillSwitch(IOptions<FaultOptions> options)
{
    private int _count;

    public void At(KillMoment moment)
    {
        if (moment != options.Value.KillAt || Interlocked.Increment(ref _count) != options.Value.KillCount) return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        new ManualResetEventSlim().Wait(); // the signal is on its way: not one instruction more
    }
}
