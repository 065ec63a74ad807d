namespace Mev.Adapters.Jito.Engines;

/// <summary>Who goes first where requests are rationed; lower numbers do. One of each kind waits.</summary>
internal enum RequestPriority
{
    /// <summary>A bundle.</summary>
    Send = 0,

    /// <summary>The same bytes again: whatever was not sent yet goes before.</summary>
    Resend = 1,

    /// <summary>Tip accounts, once.</summary>
    TipAccounts = 2,

    /// <summary>Tokens for the approved key, seldom.</summary>
    Key = 3,

    /// <summary>Opening the stream of results, seldom.</summary>
    Results = 4,

    /// <summary>What became of bundles of which nothing was heard.</summary>
    Status = 5,

    /// <summary>Where bundles go: again and again, so that it keeps nobody else out.</summary>
    Leaders = 6,
}
