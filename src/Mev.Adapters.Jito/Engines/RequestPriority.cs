namespace Mev.Adapters.Jito.Engines;

/// <summary>Who goes first where requests are rationed; lower numbers do.</summary>
internal enum RequestPriority
{
    /// <summary>A bundle.</summary>
    Send = 0,

    /// <summary>What became of bundles.</summary>
    Status = 1,

    /// <summary>Tip accounts and leaders: background.</summary>
    Background = 2,
}
