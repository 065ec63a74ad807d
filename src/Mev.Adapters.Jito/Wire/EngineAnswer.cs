namespace Mev.Adapters.Jito.Wire;

/// <summary>What a request brought: a value, or a failure.</summary>
internal readonly record struct EngineAnswer<T>
{
    private EngineAnswer(T? value, EngineFailure? failure) => (Value, Failure) = (value, failure);

    /// <summary>The result; of no meaning when there is a failure.</summary>
    public T? Value { get; }

    /// <summary>Why there is no result; null when there is one.</summary>
    public EngineFailure? Failure { get; }

    public static EngineAnswer<T> Of(T value) => new(value, null);

    public static EngineAnswer<T> Failed(EngineFailure failure) => new(default, failure);
}
