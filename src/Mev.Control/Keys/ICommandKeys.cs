namespace Mev.Control.Keys;

/// <summary>Which keys a signed command is verified with.</summary>
public interface ICommandKeys
{
    /// <summary>The registry for commands of an endpoint at a moment, Unix milliseconds.</summary>
    KeyRegistry KeysFor(string path, long unixMs);
}
