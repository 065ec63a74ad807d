namespace Mev.Streaming.Connections;

/// <summary>Says who may read.</summary>
public interface IStreamAdmission
{
    /// <summary>Takes a ticket: the reader's name, which may be empty; null when it opens nothing.</summary>
    string? Admit(string ticket);
}
