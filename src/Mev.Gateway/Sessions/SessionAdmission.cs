using Mev.Control.Signatures;
using Mev.Streaming.Connections;

namespace Mev.Gateway.Sessions;

/// <summary>
/// Streams are opened by a ticket, or by a session's secret, and stay open as long as the key may read.
/// </summary>
internal sealed class SessionAdmission(ReadSessions sessions) : IStreamAdmission
{
    /// <inheritdoc/>
    public string? Admit(string ticket) => sessions.Admit(ticket) is { } key ? $"{key}" : null;

    /// <inheritdoc/>
    public ValueTask Refresh(CancellationToken cancellationToken) => sessions.Refresh(cancellationToken);

    /// <inheritdoc/>
    public bool Holds(string reader) => KeyId.Parse(reader) is { } key && sessions.Holds(key);
}
