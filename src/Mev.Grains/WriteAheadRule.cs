namespace Mev.Grains;

/// <summary>
/// What holds between a decision and its submission. Only <see cref="Hold"/> is for use; the others are mutations that
/// show what the fault tests are worth, and hosts refuse them outside the environment <c>Test</c>.
/// </summary>
public enum WriteAheadRule
{
    /// <summary>The intent is durable before its bytes leave, and an outcome counts once.</summary>
    Hold = 0,

    /// <summary>Bytes leave while the intent is being appended.</summary>
    SendBeforeDurable = 1,

    /// <summary>A restart folds the journal from its beginning into a posterior that holds it already.</summary>
    ForgetSnapshotOffset = 2,

    /// <summary>Who may submit an opportunity is known to memory alone, so a restart forgets it.</summary>
    ForgetIntents = 3,
}
