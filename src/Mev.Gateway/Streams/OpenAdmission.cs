using Mev.Streaming.Connections;

namespace Mev.Gateway.Streams;

/// <summary>
/// Where everybody may read, HTTP listens on loopback only and every hello is good, with a ticket or without.
/// </summary>
internal sealed class OpenAdmission : IStreamAdmission
{
    /// <inheritdoc/>
    public string? Admit(string ticket) => "";

    /// <inheritdoc/>
    public ValueTask Refresh(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public bool Holds(string reader) => true;
}
