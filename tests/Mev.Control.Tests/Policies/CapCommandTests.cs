using System.Text.Json;
using Mev.Control.Commands;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;

namespace Mev.Control.Tests.Policies;

/// <summary>What a command's member <c>caps</c> makes of the caps in force.</summary>
public sealed class CapCommandTests
{
    private const string Pool = "So11111111111111111111111111111111111111112";

    private static readonly Cap Own = new(CapScope.Strategy, "arb-1", LimitRule.AmountIn, 5);
    private static readonly Policy Before = new() { Version = 1, Caps = [Own] };

    [Fact]
    public void Entries_set_one_cap_each_and_the_others_stay()
    {
        var next = Read(
            $$"""[{"scope":"pool","subject":"{{Pool}}","limit":"day_amount_in_max","most":"18446744073709551615"}]""");
        Assert.Equal(
            [Own, new Cap(CapScope.Pool, Pool, LimitRule.DayAmountIn, ulong.MaxValue)], next!.Caps.ToArray());
        var lower = Read("""[{"scope":"strategy","subject":"arb-1","limit":"amount_in_max","most":4}]""");
        Assert.Equal([Own with { Most = 4 }], lower!.Caps.ToArray());
    }

    [Fact]
    public void An_entry_without_a_value_takes_its_cap_away() =>
        Assert.Empty(Read("""[{"scope":"strategy","subject":"arb-1","limit":"amount_in_max"}]""")!.Caps);

    [Theory]
    [InlineData("""[{"scope":"cluster","subject":"a","limit":"amount_in_max","most":4}]""", "strategy, wallet, pool")]
    [InlineData("""[{"scope":"strategy","subject":"a","limit":"tip_max","most":4}]""", "day_amount_in_max")]
    [InlineData("""[{"scope":"strategy","subject":"a","limit":"amount_in_max","most":-1}]""", "whole number")]
    [InlineData("""[{"scope":"strategy","subject":"a","limit":"amount_in_max"}]""", "no such cap")]
    [InlineData("""[{"scope":"pool","subject":"a","limit":"amount_in_max","most":4}]""", "base58")]
    [InlineData("""[{"scope":"strategy","subject":"a","limit":"amount_in_max","most":4,"moust":4}]""", "moust")]
    [InlineData("""[{"scope":"strategy","subject":"arb-1","limit":"amount_in_max","most":5}]""", "changes nothing")]
    [InlineData("""7""", "list of at most 256")]
    [InlineData(
        """[{"scope":"token","subject":"a","limit":"amount_in_max","most":1},"""
        + """{"scope":"token","subject":"a","limit":"amount_in_max","most":2}]""", "twice")]
    public void What_names_no_cap_is_refused_with_what_is_allowed(string caps, string says)
    {
        Assert.Null(Read(caps, out var problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    /// <summary>Too long for the byte that says how long it is: refused before it is written.</summary>
    [Fact]
    public void A_subject_that_is_too_long_is_refused_and_not_thrown_over()
    {
        var subject = string.Concat(Enumerable.Repeat("\u20AC", 100));
        Assert.Null(Read(
            $$"""[{"scope":"strategy","subject":"{{subject}}","limit":"amount_in_max","most":4}]""", out var problem));
        Assert.Contains("allowed are 1 to 64 bytes", problem, StringComparison.Ordinal);
    }

    private static Policy? Read(string caps)
    {
        var next = Read(caps, out var problem);
        Assert.Null(problem);
        return next;
    }

    private static Policy? Read(string caps, out string? problem)
    {
        using var json = JsonDocument.Parse(
            $$"""{"op":"limit.tighten","version":2,"limits":{"caps":{{caps}}},"reason":"test"}""");
        var body = new CommandBody("limit.tighten", CommandClass.Tightening, json.RootElement.Clone());
        return (EffectReader.Read(body, Before, out problem) as CommandEffect.PolicyChange)?.Next;
    }
}
