using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Bundles;

/// <summary>
/// The accounts to which the block engine's tips are paid: addresses of its tip payment program, derived and never
/// configured, since a mistyped one loses the tip (specs: block engine, tip accounts).
/// </summary>
public static class TipAccounts
{
    /// <summary>How many there are.</summary>
    public const int Count = 8;

    private static readonly FrozenSet<Pubkey> Set;

    static TipAccounts()
    {
        All = [.. Enumerable.Range(0, Count).Select(index => Derive($"TIP_ACCOUNT_{index}").Address)];
        Set = All.ToFrozenSet();
        Config = Derive("CONFIG_ACCOUNT").Address;
    }

    /// <summary>The least tip that counts.</summary>
    public static Lamports TipMin { get; } = new(1_000);

    /// <summary>All of them, by number.</summary>
    public static ImmutableArray<Pubkey> All { get; }

    /// <summary>The program's settings, which no bundle may touch.</summary>
    public static Pubkey Config { get; }

    /// <summary>The address that the program has for a name.</summary>
    public static ProgramAddress Derive(string name) =>
        ProgramAddress.Find(Programs.TipPayment, Encoding.ASCII.GetBytes(name));

    /// <summary>The one that a decision pays; drawn anew, and so for a retry, it is the same.</summary>
    public static Pubkey Drawn(in DrawStream draws) => All[(int)(draws.At(DrawPurposes.TipAccount).Word() % Count)];

    /// <summary>Tips are paid to it.</summary>
    public static bool Contains(Pubkey account) => Set.Contains(account);

    /// <summary>What an engine reports is exactly these, in whatever order.</summary>
    public static bool Matches(IEnumerable<Pubkey> reported) => Set.SetEquals(reported);
}
