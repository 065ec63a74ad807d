namespace Mev.Simulator.BlockEngine;

/// <summary>
/// How a region misbehaves, for those who test what they do then: one value, replaced whole while it runs. All off by
/// default.
/// </summary>
internal sealed record EngineSwitches
{
    /// <summary>Every request is refused that way. Default none.</summary>
    public RefusalRow Refuses { get; init; }

    /// <summary>Replies wait so long.</summary>
    public TimeSpan ReplyDelay { get; init; }

    /// <summary>Requests are worked on, and never answered: the connection ends.</summary>
    public bool DropsReplies { get; init; }

    /// <summary>Half of a reply is sent, and the connection ends.</summary>
    public bool CutsReplies { get; init; }

    /// <summary>A reply of JSON-RPC comes twice in one body.</summary>
    public bool DuplicatesReplies { get; init; }

    /// <summary>A bundle's sending is answered after its tick alone.</summary>
    public bool RepliesAfterTick { get; init; }

    /// <summary>Answers name another id than the bundle's.</summary>
    public bool TellsWrongId { get; init; }

    /// <summary>How an unknown bundle's status looks.</summary>
    public NotFoundShape NotFound { get; init; } = NotFoundShape.ValueOfNull;

    /// <summary>How no error looks.</summary>
    public ErrShape Err { get; init; } = ErrShape.OkObject;

    /// <summary>The status field is <c>confirmationStatus</c>.</summary>
    public bool UsesCamelCase { get; init; }

    /// <summary>Statuses are as of so many slots ago.</summary>
    public int StatusLagSlots { get; init; }

    /// <summary>Every bundle in flight is <c>Invalid</c>.</summary>
    public bool IsAlwaysInvalid { get; init; }

    /// <summary>Every bundle is rejected that way at its auction. Default none.</summary>
    public RejectionRow Rejects { get; init; }

    /// <summary>What such a rejection says. Default the usual text of one that is pruned.</summary>
    public string RejectionText { get; init; } = "pruned at slot";

    /// <summary>What is forwarded never lands.</summary>
    public bool LosesForwarded { get; init; }

    /// <summary>The results stream stays open and tells nothing.</summary>
    public bool ResultsAreSilent { get; init; }

    /// <summary>Results come so much later.</summary>
    public TimeSpan ResultDelay { get; init; }

    /// <summary>Each result comes twice.</summary>
    public bool RepeatsResults { get; init; }

    /// <summary>Results of a slot come in the opposite order, at its end.</summary>
    public bool ReversesResults { get; init; }

    /// <summary>After a breach of the rate limit an address gets ids, and its bundles are discarded.</summary>
    public bool DiscardsAfterBreach { get; init; }

    /// <summary>
    /// Transactions of a bundle whose slot was given up are executed again one by one, without the bundle.
    /// </summary>
    public bool Unbundles { get; init; }

    /// <summary>Ticks of the chain that make one auction. Default 1; 4 make 200 ms.</summary>
    public int ChainTicksPerAuction { get; init; } = 1;

    /// <summary>The list of tip accounts is another one.</summary>
    public bool TellsWrongTipAccounts { get; init; }

    /// <summary>Nothing is answered: HTTP 503, gRPC unavailable.</summary>
    public bool IsDown { get; init; }
}
