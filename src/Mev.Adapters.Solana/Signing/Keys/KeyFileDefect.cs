namespace Mev.Adapters.Solana.Signing.Keys;

/// <summary>Why a key file is not used. Says nothing of what it holds.</summary>
public enum KeyFileDefect
{
    /// <summary>It is used.</summary>
    None = 0,

    /// <summary>It is not there, or cannot be opened.</summary>
    Missing,

    /// <summary>No plain file.</summary>
    NotAFile,

    /// <summary>Others than its owner may read, write or execute it.</summary>
    Permissions,

    /// <summary>It belongs to another user, or the system does not say to whom.</summary>
    Owner,

    /// <summary>Neither of the two forms.</summary>
    Form,

    /// <summary>Its public half is not that of its secret half.</summary>
    Mismatch,

    /// <summary>The cost that it names is outside the bounds.</summary>
    Cost,

    /// <summary>The passphrase is another one, or the file was changed.</summary>
    Passphrase,
}
