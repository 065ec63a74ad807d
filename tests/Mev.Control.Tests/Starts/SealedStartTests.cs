using System.Buffers.Text;
using System.Text;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Proposals;
using Mev.Control.Starts;
using Mev.Control.Tests.Commands;
using Mev.Control.Tests.Keys;
using Mev.Control.Tests.Signatures;
using Mev.Domain.Chain;

namespace Mev.Control.Tests.Starts;

public sealed class SealedStartTests
{
    private const long Now = Registries.NowMs;

    private static readonly byte[] Initial = "the first registry and policy"u8.ToArray();
    private static readonly Digest Hash = Digest.Of(Initial);

    // Keys 1 and 3 are of one person.
    private static readonly byte[] File = FileOf(("ada", 1), ("bob", 2), ("ada", 3));
    private static readonly TrustRoot Root = TrustRoot.Read(File, Digest.Of(File));

    [Fact]
    public void Two_admins_of_the_trust_root_begin_a_cluster_once()
    {
        var begun = Proposed().Approve(Id(2), Hash, Now, out _)!;

        Assert.Equal(Root.Hash, begun.Begun!.TrustRootHash);
        Assert.Equal((Id(1), Id(2)), (begun.Begun.ProposedBy, begun.Begun.ApprovedBy));
        Assert.Equal(Initial, begun.Begun.Initial.ToArray());
        Assert.Null(begun.Approve(Id(2), Hash, Now, out var refusal));
        Assert.Equal(CommandRefusal.ProposalState, refusal);
        Assert.Null(begun.Propose(Id(1), Initial, Now, out refusal));
        Assert.Equal(CommandRefusal.ProposalState, refusal);
    }

    [Theory]
    [InlineData(1, "two_person_required")]
    [InlineData(3, "two_person_required")] // the same person with another key
    [InlineData(4, "role_denied")]
    public void One_person_or_a_stranger_begins_nothing(byte second, string code)
    {
        Assert.Null(Proposed().Approve(Id(second), Hash, Now, out var refusal));
        Assert.Equal(code, refusal!.Code);
    }

    [Fact]
    public void The_second_admin_signs_exactly_what_was_proposed_and_in_time()
    {
        Assert.Null(Sealed().Approve(Id(2), Hash, Now, out var refusal));
        Assert.Equal(CommandRefusal.ProposalState, refusal);
        Assert.Null(Sealed().Propose(Id(4), Initial, Now, out refusal));
        Assert.Equal(CommandRefusal.RoleDenied, refusal);
        Assert.Null(Sealed().Propose(Id(1), default, Now, out refusal));
        Assert.Equal(CommandRefusal.CommandInvalid, refusal);
        Assert.Null(Proposed().Approve(Id(2), Digest.Of("other"u8), Now, out refusal));
        Assert.Equal(CommandRefusal.CommandInvalid, refusal);
        Assert.Null(Proposed().Approve(Id(2), Hash, Now + Proposal.LifetimeMs + 1, out refusal));
        Assert.Equal(CommandRefusal.ProposalExpired, refusal);
        var replaced = Proposed().Propose(Id(2), "another"u8.ToArray(), Now, out _)!;
        Assert.Null(replaced.Approve(Id(1), Hash, Now, out refusal)); // what was read is not what is there now
        Assert.Equal(CommandRefusal.CommandInvalid, refusal);
    }

    [Fact]
    public void Sealed_nothing_but_genesis_and_stop_is_answered()
    {
        foreach (var path in CommandEndpoints.All)
        {
            Assert.Equal(
                path is CommandEndpoints.Stop or CommandEndpoints.Genesis ? null : CommandRefusal.Sealed,
                Sealed().Check(path));
        }
        var begun = Proposed().Approve(Id(2), Hash, Now, out _)!;
        Assert.All(CommandEndpoints.All, path => Assert.Null(begun.Check(path)));
        Assert.Equal(403, CommandRefusal.Sealed.Status);
    }

    [Fact]
    public void A_sealed_cluster_verifies_with_the_keys_of_its_trust_root()
    {
        using var key = TestKey.Of(2);
        var request = new CommandSigner(key, Requests.Authority).Sign(
            CommandEndpoints.Genesis, "{}"u8.ToArray(), Requests.CommandId, new byte[16], Now / 1_000);
        var verdict = Requests.Verifier.Verify(request, Root.Keys, Requests.Now);

        Assert.True(verdict.IsVerified);
        Assert.Equal("bob", verdict.Command.Key.Principal.Name);
        Assert.Equal(Roles.Admin, Root.Keys.SignatoryOf(Id(2), Now)!.Roles);
    }

    [Fact]
    public void A_process_starts_only_on_a_log_of_its_own_trust_root()
    {
        var other = FileOf(("ada", 1), ("bob", 2));
        var begun = Proposed().Approve(Id(2), Hash, Now, out _)!.Begun!;
        var inDevelopment = begun with { IsDevelopment = true };

        Assert.Null(StartRule.Refusal(Root, begun, isLive: true, isDevelopment: false, isDevelopmentRoot: false));
        Assert.Null(StartRule.Refusal(Root, null, isLive: true, isDevelopment: false, isDevelopmentRoot: false));
        Assert.Contains("mount", StartRule.Refusal(
            TrustRoot.Read(other, Digest.Of(other)), begun, isLive: false, isDevelopment: false,
            isDevelopmentRoot: false));
        Assert.Contains("development", StartRule.Refusal(
            Root, inDevelopment, isLive: true, isDevelopment: false, isDevelopmentRoot: false));
        Assert.Null(StartRule.Refusal(
            Root, inDevelopment, isLive: false, isDevelopment: true, isDevelopmentRoot: true));
        Assert.Contains("development", StartRule.Refusal(
            Root, null, isLive: false, isDevelopment: false, isDevelopmentRoot: true));
        Assert.Contains("development", StartRule.Refusal(
            Root, null, isLive: true, isDevelopment: true, isDevelopmentRoot: true));
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "\"version\":1", "\"version\":2" },
        { "\"threshold\":2", "\"threshold\":1" },
        { "\"threshold\":2", "\"threshold\":2.5" },
        { "\"threshold\":2", "\"more\":2" },
        { "\"name\":\"bob\"", "\"name\":\"Bob B.\"" },
        { "\"name\":\"bob\"", "\"name\":\"ada\"" }, // one person
        { "\"name\":\"bob\"", "\"name\":\"bob\",\"name\":\"bob\"" },
        { "\"name\":\"bob\"", "\"name\":5" },
        { "\"x\":\"", "\"x\":\"A" },
        { "\"keyid\":\"", "\"keyid\":\"A" },
        { "}]}", "}]} " + "{" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_file_of_another_form_starts_nothing(string from, string to)
    {
        var file = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(File).Replace(from, to));

        Assert.StartsWith("trust root: ", Assert.Throws<FormatException>(
            () => TrustRoot.Read(file, Digest.Of(file))).Message);
    }

    [Fact]
    public void A_file_of_another_hash_starts_nothing()
    {
        var message = Assert.Throws<FormatException>(() => TrustRoot.Read(File, Digest.Of("other"u8))).Message;

        Assert.Contains(Root.Hash.ToString(), message);
        Assert.Throws<FormatException>(() => TrustRoot.Read(new byte[TrustRoot.LengthMax + 1], Hash));
        var twice = FileOf(("ada", 1), ("bob", 2), ("bob", 2));
        Assert.Contains("twice", Assert.Throws<FormatException>(() => TrustRoot.Read(twice, Digest.Of(twice))).Message);
    }

    /// <summary>Begun by two.</summary>
    internal static SealedStart Begun() => Proposed().Approve(Id(2), Hash, Now, out _)!;

    private static SealedStart Sealed() => new(Root, isDevelopment: false);

    private static SealedStart Proposed() => Sealed().Propose(Id(1), Initial, Now, out _)!;

    private static byte[] FileOf(params (string Name, byte Key)[] admins)
    {
        var entries = admins.Select(admin =>
        {
            using var key = TestKey.Of(admin.Key);
            var x = Base64Url.EncodeToString(key.PublicKey.ToArray());
            return $$"""{"name":"{{admin.Name}}","keyid":"{{key.PublicKey.Id}}","x":"{{x}}"}""";
        });
        return Encoding.UTF8.GetBytes($$"""{"version":1,"threshold":2,"admins":[{{string.Join(',', entries)}}]}""");
    }

    private static Control.Signatures.KeyId Id(byte number)
    {
        using var key = TestKey.Of(number);
        return key.PublicKey.Id;
    }
}
