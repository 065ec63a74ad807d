using Mev.Grains.Abstractions.Limits;

namespace Mev.Fault.Tests.Limits;

/// <summary>Keeps the policy's next answer to a bundle back, after it was given, until it is released.</summary>
internal sealed class HeldAnswer : IOutgoingGrainCallFilter
{
    private readonly TaskCompletionSource _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isArmed;

    public Task Given => _given.Task;

    public void Arm() => Volatile.Write(ref _isArmed, 1);

    public void Release() => _released.SetResult();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        await context.Invoke();
        if (context.MethodName != nameof(IPolicyGrain.Current)) return;
        if (Interlocked.Exchange(ref _isArmed, 0) == 0) return;
        _given.SetResult();
        await _released.Task;
    }
}
