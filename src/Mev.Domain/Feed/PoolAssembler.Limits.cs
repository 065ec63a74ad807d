using Mev.Domain.Limits;

namespace Mev.Domain.Feed;

/// <content>Its bounds and how often each was met, for people.</content>
public partial class PoolAssembler
{
    /// <summary>Its bounded places with their counts as of now; may be read from any thread.</summary>
    public IEnumerable<LimitCount> Limits() =>
    [
        new("assembler.pools", _limits.PoolsMax, AtLimit.LeaveOut, Counts.PoolsRefused),
        new("assembler.pool-accounts", _limits.AccountsPerPoolMax, AtLimit.LeaveOut, Counts.PoolAccountsRefused),
        new("assembler.orphans", _limits.OrphansMax, AtLimit.Forget, Counts.OrphansEvicted),
        new("assembler.lost-pools", _limits.LostPoolsMax, AtLimit.LeaveOut, Counts.LostPoolsLeftOut),
        new("assembler.versions", _limits.VersionsMax, AtLimit.Forget, Counts.VersionsEvicted),
        new("assembler.slots", _limits.SlotsMax, AtLimit.Forget, Counts.SlotsEvicted),
        new("assembler.dead-slots", _limits.DeadSlotsMax, AtLimit.Forget, Counts.DeadSlotsEvicted),
        new("assembler.account-bytes", _limits.AccountBytesMax, AtLimit.LeaveOut, Counts.Oversize),
        new("assembler.transaction", _limits.TransactionAccountsMax, AtLimit.Cut, Counts.TransactionsCut),
    ];
}
