using System.Reflection;

namespace Mev.Fixtures;

/// <summary>Interfaces that a function of the called method answers.</summary>
public static class Fakes
{
    /// <summary>An object of the interface; what the function returns is what its method returns.</summary>
    public static T Of<T>(Func<MethodInfo, object?[], object> answer)
        where T : class
    {
        var fake = DispatchProxy.Create<T, Answering>();
        ((Answering)(object)fake).Answer = answer;
        return fake;
    }

    /// <summary>What an asynchronous method answers at once.</summary>
    public static object Awaited<T>(T value) => new ValueTask<T>(value);

    /// <summary>How an asynchronous method fails at once.</summary>
    public static object Failed<T>(Exception failure) => new ValueTask<T>(Task.FromException<T>(failure));

    /// <summary>Public, or the proxy could not derive from it.</summary>
    public class Answering : DispatchProxy
    {
        internal Func<MethodInfo, object?[], object> Answer { get; set; } = null!;

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) => Answer(targetMethod!, args!);
    }
}
