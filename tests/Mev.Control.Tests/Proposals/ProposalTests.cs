using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Proposals;
using Mev.Control.Signatures;
using Mev.Control.Tests.Keys;
using Mev.Control.Tests.Signatures;
using Mev.Domain.Chain;

namespace Mev.Control.Tests.Proposals;

/// <summary>Two persons, from the proposal to the execution.</summary>
public sealed class ProposalTests
{
    private const long Now = Registries.NowMs;

    private static readonly Digest Policy = Digest.Of("policy 1"u8);
    private static readonly Guid Id = Guid.Parse("019aae02-a400-7000-8000-000000000002");

    // Everybody's keys by their number; 11 is a second key of the person with key 1.
    private static readonly KeyRegistry Registry = Registries.Admins()
        .With("operator-1", Roles.Operator, Public(1)).With("risk-1", Roles.Risk, Public(2))
        .With("risk-2", Roles.Risk, Public(3)).With("admin-1", Roles.Admin, Public(4))
        .With("admin-2", Roles.Admin, Public(5)).With("viewer-1", Roles.Viewer, Public(6))
        .With("both-1", Roles.Operator | Roles.Risk, Public(7)).With("both-1", Roles.Operator | Roles.Risk, Public(11))
        .With("admin-1", Roles.Admin, Public(14));

    public static TheoryData<string, byte, byte, string?> Pairs => new()
    {
        { "resume", 1, 2, null }, // operator, then risk
        { "resume", 2, 3, null }, // risk, then another of role risk
        { "resume", 7, 2, null },
        { "resume", 2, 7, null },
        { "resume", 2, 1, "role_denied" }, // an operator approves nothing
        { "resume", 1, 4, "role_denied" }, // nor does an admin
        { "resume", 1, 6, "role_denied" },
        { "resume", 2, 2, "two_person_required" },
        { "resume", 7, 7, "two_person_required" },
        { "resume", 7, 11, "two_person_required" }, // the same person with another key
        { "key.add", 4, 5, null },
        { "key.add", 4, 2, "role_denied" },
        { "key.add", 4, 14, "two_person_required" },
        { "wallet.outside", 4, 2, null }, // one admin and one of role risk, either first
        { "wallet.outside", 2, 4, null },
        { "wallet.outside", 4, 5, "role_denied" },
        { "wallet.outside", 2, 3, "role_denied" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_second_person_is_another_of_the_right_role(string op, byte first, byte second, string? code)
    {
        var proposal = Proposed(op, first);
        var approved = proposal.Approve(By(second), proposal.CommandHash, Policy, Now, out var refusal);

        Assert.Equal(code, refusal?.Code);
        Assert.Equal(code is null, approved is not null);
        if (approved is null) return;
        Assert.Equal(ProposalStatus.Approved, approved.Status);
        Assert.Equal(
            ProposalStatus.Executed, approved.Execute(Registry, Policy, Now, out _)!.Status);
    }

    [Theory]
    [InlineData("resume", 4)]
    [InlineData("resume", 6)]
    [InlineData("key.add", 1)]
    [InlineData("key.add", 2)]
    [InlineData("wallet.outside", 1)]
    [InlineData("strategy.pause", 1)] // takes nobody else
    [InlineData("key.confirm", 4)]
    [InlineData("proposal.create", 1)] // no proposal of a proposal
    public void Not_everybody_proposes_everything(string op, byte by)
    {
        Assert.Null(Proposal.Create(Id, By(by), Body(op), Command(op), Policy, Now, out var refusal));
        Assert.Equal(CommandRefusal.RoleDenied, refusal);
    }

    [Fact]
    public void An_approval_names_exactly_the_bytes()
    {
        var proposal = Proposed("resume", 1);

        Assert.Null(proposal.Approve(By(2), Digest.Of("other"u8), Policy, Now, out var refusal));
        Assert.Equal(CommandRefusal.CommandInvalid, refusal);
    }

    [Fact]
    public void A_proposal_lives_a_quarter_of_an_hour()
    {
        var proposal = Proposed("resume", 1);
        var end = Now + Proposal.LifetimeMs;

        Assert.Equal(15 * 60_000, Proposal.LifetimeMs);
        Assert.Null(proposal.Approve(By(2), proposal.CommandHash, Policy, end + 1, out var late));
        Assert.Equal(CommandRefusal.ProposalExpired, late);
        var approved = proposal.Approve(By(2), proposal.CommandHash, Policy, end, out _)!;
        Assert.NotNull(approved.Execute(Registry, Policy, end, out _));
        Assert.Null(approved.Execute(Registry, Policy, end + 1, out late));
        Assert.Equal(CommandRefusal.ProposalExpired, late);
    }

    /// <summary>Whoever may tighten alone hinders no revocation by it.</summary>
    [Fact]
    public void Another_policy_does_not_void_what_is_of_keys()
    {
        var other = Digest.Of("policy 2"u8);
        var proposal = Proposed("key.revoke", 4);
        var approved = proposal.Approve(By(5), proposal.CommandHash, other, Now, out _);
        Assert.NotNull(approved?.Execute(Registry, other, Now, out _));
    }

    [Fact]
    public void Another_policy_voids_it()
    {
        var proposal = Proposed("resume", 1);
        var other = Digest.Of("policy 2"u8);

        Assert.Null(proposal.Approve(By(2), proposal.CommandHash, other, Now, out var refusal));
        Assert.Equal(CommandRefusal.ProposalState, refusal);
        Assert.Null(Approved().Execute(Registry, other, Now, out refusal));
        Assert.Equal(CommandRefusal.ProposalState, refusal);
    }

    [Fact]
    public void Roles_and_keys_are_asked_again_at_the_execution()
    {
        var approved = Approved();
        KeyRegistry[] changed =
        [
            Registry.With(new KeyEvent.RolesSet(Registries.Principal("operator-1"), Roles.Viewer, Now)),
            Registry.With(new KeyEvent.RolesSet(Registries.Principal("risk-1"), Roles.Operator, Now)),
            Registry.With(new KeyEvent.KeyRevoked(Public(1).Id, Now)),
            Registry.With(new KeyEvent.KeyRevoked(Public(2).Id, Now)),
        ];

        Assert.All(changed, registry =>
        {
            Assert.Null(approved.Execute(registry, Policy, Now, out var refusal));
            Assert.Equal(CommandRefusal.RoleDenied, refusal);
        });
        Assert.NotNull(approved.Execute(Registry, Policy, Now, out _));
    }

    [Fact]
    public void It_is_executed_once_and_only_after_an_approval()
    {
        var approved = Approved();
        var executed = approved.Execute(Registry, Policy, Now, out _)!;

        foreach (var state in new[] { Proposed("resume", 1), executed, approved.Void() })
        {
            Assert.Null(state.Execute(Registry, Policy, Now, out var refusal));
            Assert.Equal(CommandRefusal.ProposalState, refusal);
        }
        foreach (var state in new[] { approved, executed, approved.Void() })
        {
            Assert.Null(state.Approve(By(3), state.CommandHash, Policy, Now, out var refusal));
            Assert.Equal(CommandRefusal.ProposalState, refusal);
            Assert.Null(state.Withdraw(By(1), out refusal));
            Assert.Equal(CommandRefusal.ProposalState, refusal);
        }
    }

    [Fact]
    public void Its_proposer_takes_it_back_and_nobody_else()
    {
        var proposal = Proposed("resume", 7);

        Assert.Null(proposal.Withdraw(By(2), out var refusal));
        Assert.Equal(CommandRefusal.RoleDenied, refusal);
        var withdrawn = proposal.Withdraw(By(11), out _)!; // with another key
        Assert.Equal(ProposalStatus.Withdrawn, withdrawn.Status);
        Assert.Null(withdrawn.Approve(By(2), withdrawn.CommandHash, Policy, Now, out refusal));
        Assert.Equal(CommandRefusal.ProposalState, refusal);
    }

    private static Proposal Approved()
    {
        var proposal = Proposed("resume", 1);
        return proposal.Approve(By(2), proposal.CommandHash, Policy, Now, out _)!;
    }

    private static Proposal Proposed(string op, byte by) =>
        Proposal.Create(Id, By(by), Body(op), Command(op), Policy, Now, out _)!;

    private static CommandBody Body(string op) => CommandBody.Read(Command(op), CommandEndpoints.Commands)!;

    private static ReadOnlyMemory<byte> Command(string op) =>
        System.Text.Encoding.UTF8.GetBytes($$"""{"op":"{{op}}"}""");

    private static Signatory By(byte number) => Registry.SignatoryOf(Public(number).Id, Now)!;

    private static Ed25519PublicKey Public(byte number)
    {
        using var key = TestKey.Of(number);
        return key.PublicKey;
    }
}
