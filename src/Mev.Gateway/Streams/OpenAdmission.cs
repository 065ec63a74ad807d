using Mev.Streaming.Connections;

namespace Mev.Gateway.Streams;

/// <summary>
/// As long as there are no roles for those who read, HTTP listens on loopback only and every hello is good, with a
/// ticket or without.
/// </summary>
internal sealed class OpenAdmission : IStreamAdmission
{
    /// <inheritdoc/>
    public string? Admit(string ticket) => "";
}
