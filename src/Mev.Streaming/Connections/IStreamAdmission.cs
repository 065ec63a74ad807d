namespace Mev.Streaming.Connections;

/// <summary>Says who may read.</summary>
public interface IStreamAdmission
{
    /// <summary>Takes a ticket: the reader's name, which may be empty; null when it opens nothing.</summary>
    string? Admit(string ticket);

    /// <summary>Takes in what changed, before readers are asked about.</summary>
    ValueTask Refresh(CancellationToken cancellationToken);

    /// <summary>Whether a reader that was admitted may still read.</summary>
    bool Holds(string reader);
}
