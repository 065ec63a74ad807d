using Grpc.Core;
using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Tests.Bundles;
using Mev.Adapters.Tests.Journal;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mev.Adapters.Tests.Jito;

/// <summary>The sender against an engine on loopback; the chain finalizes what the test says.</summary>
public sealed partial class JitoSenderTests : BundleSenderContract, IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private readonly List<int> _made = [];
    private EngineServer _engine = null!;
    private JitoCounts _counts = null!;
    private Func<bool> _permit = () => true;
    private bool _isOnChain = true;
    private Exception? _fault;

    public async ValueTask InitializeAsync()
    {
        _engine = await EngineServer.Start();
        _engine.Told.Json = request => request.Body.Contains("sendBundle")
            ? (200, EngineServer.Script.Result($"\"{IdOf(request.Body)}\""))
            : EngineServer.Script.Landing(request);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var running in _running) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task A_bundle_goes_as_the_engine_asks_for_it_and_lands_by_the_chains_word()
    {
        var sender = await Ready();
        await sender.Submit(Submissions.New(1));
        var outcome = await Next(sender);
        Assert.Equal(
            (BundleOutcomeKind.Landed, OutcomeCause.Landed, Submissions.Tip),
            (outcome.Kind, outcome.Cause, outcome.TipPaid));
        await Until.Holds(() => Sent.Any());
        var sent = Assert.Single(Sent);
        Assert.Equal("/api/v1/bundles", sent.Path);
        Assert.Contains("\"encoding\":\"base64\"", sent.Body);
        Assert.Equal(0, _counts.Count(JitoAlert.IdDiffers));
        Assert.Equal(1, sender.Funnel().Count(LandingStage.Finalized, LandingLabel.Region, "test"));
    }

    [Fact]
    public async Task Over_gRPC_too_and_an_id_that_differs_is_an_alert_while_ours_counts()
    {
        var sender = await Ready(_engine.Options(EngineProtocol.Grpc));
        await sender.Submit(Submissions.New(1));
        Assert.Equal(BundleOutcomeKind.Landed, (await Next(sender)).Kind);
        await Until.Holds(() => !_engine.Told.Bundles.IsEmpty);
        Assert.Equal(Submissions.Bytes(1)[0].ToArray(), Assert.Single(_engine.Told.Bundles).Bundle.Packets[0].Data);
        await Until.Holds(() => _counts.Count(JitoAlert.IdDiffers) == 1);
    }

    [Theory]
    [InlineData(400, -32602, "transaction #0 could not be decoded", OutcomeCause.Malformed, 1)]
    [InlineData(400, -32602, "bundle contains an expired blockhash", OutcomeCause.BlockhashExpired, 1)]
    [InlineData(429, -32097, "Rate limit exceeded. Retry after 20ms", OutcomeCause.RateLimited, 2)]
    [InlineData(403, 0, "no", OutcomeCause.Unauthorised, 1)]
    public async Task A_refusal_at_the_door_is_an_outcome_of_its_cause(
        int status, int code, string message, OutcomeCause cause, int attempts)
    {
        _isOnChain = false;
        _engine.Told.Json = Refusing(_ => (status, EngineServer.Script.Error(code, message)));
        var sender = await Ready();
        await sender.Submit(Submissions.New(1));
        var outcome = await Next(sender);
        Assert.Equal((BundleOutcomeKind.Refused, cause), (outcome.Kind, outcome.Cause));
        Assert.Equal(attempts, Sent.Count());
        Assert.Equal(cause == OutcomeCause.Malformed ? 1 : 0, _counts.Count(JitoAlert.Fault));
    }

    [Fact]
    public async Task A_key_that_is_refused_is_dropped_and_the_same_bytes_go_again_without_it()
    {
        _engine.Told.Json = request => request.Headers.ContainsKey("x-jito-auth")
            ? (401, EngineServer.Script.Error(0, "no"))
            : request.Body.Contains("sendBundle")
                ? (200, EngineServer.Script.Result($"\"{IdOf(request.Body)}\""))
                : EngineServer.Script.Landing(request);
        var sender = NewSender(_engine.Options(key: new Secret("a key of this test")));
        _running.Add(sender.Run(_stop.Token));
        await Until.Holds(() => IsReady(sender)); // the tip accounts too were asked for without it
        await sender.Submit(Submissions.New(1));
        Assert.Equal(BundleOutcomeKind.Landed, (await Next(sender)).Kind);
        await Until.Holds(() => Sent.Any() && _counts.Count(JitoAlert.KeyRefused) == 1);
        Assert.DoesNotContain(Sent, sent => sent.Headers.ContainsKey("x-jito-auth"));
        Assert.Equal(1, _engine.Told.Requests.Count(request => request.Headers.ContainsKey("x-jito-auth")));
    }

    [Fact]
    public async Task A_send_whose_key_is_refused_goes_again_without_it_and_is_no_refusal()
    {
        _isOnChain = false;
        _engine.Told.Json = Refusing(request => request.Headers.ContainsKey("x-jito-auth")
            ? (401, EngineServer.Script.Error(0, "no"))
            : (200, EngineServer.Script.Result($"\"{IdOf(request.Body)}\"")));
        var sender = await Ready(_engine.Options(key: new Secret("a key of this test")));
        await sender.Submit(Submissions.New(1));
        await Until.Holds(() => sender.VerdictOf(Submissions.Opportunity(1))!.Evidence
            .Any(item => item.Kind == LandingEvidenceKind.Received));
        Assert.Equal([true, false], Sent.Select(sent => sent.Headers.ContainsKey("x-jito-auth")));
        Assert.Single(Sent.Select(sent => sent.Body).Distinct());
    }

    [Fact]
    public async Task A_part_that_faults_ends_the_others_and_is_told()
    {
        var sender = await Ready();
        _fault = new InvalidOperationException("a fault of this test");
        await sender.Submit(Submissions.New(1));
        var running = _running.Single();
        _running.Clear();
        Assert.Same(_fault, await Assert.ThrowsAsync<InvalidOperationException>(() => running
            .WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task What_was_refused_for_its_rate_and_is_stopped_then_is_not_told_as_never_sent()
    {
        _isOnChain = false;
        _engine.Told.Json = Refusing(_ =>
        {
            _permit = () => false;
            return (429, EngineServer.Script.Error(-32097, "Rate limit exceeded. Retry after 20ms"));
        });
        var sender = await Ready();
        await sender.Submit(Submissions.New(1));
        Assert.Equal(OutcomeCause.RateLimited, (await Next(sender)).Cause);
        Assert.False(sender.VerdictOf(Submissions.Opportunity(1))!.IsProven);
        Assert.Single(Sent);
    }

    [Theory]
    [InlineData(503, "busy", 2)]
    [InlineData(200, "nonsense", 1)]
    [InlineData(400, "bundle contains an already processed transaction", 1)]
    public async Task What_says_nothing_leaves_it_to_the_chain_and_only_the_same_bytes_go_again(
        int status, string message, int attempts)
    {
        _isOnChain = false;
        _engine.Told.Json = Refusing(_ => (
            status, status == 200 ? message : EngineServer.Script.Error(-32602, message)));
        var sender = await Ready();
        await sender.Submit(Submissions.New(1));
        await Until.Holds(() => Sent.Count() == attempts
            && sender.VerdictOf(Submissions.Opportunity(1))!.Evidence.Length > 0);
        Assert.False(sender.Outcomes.TryRead(out _));
        Assert.Single(Sent.Select(request => request.Body).Distinct());
        _isOnChain = true;
        Assert.Equal(BundleOutcomeKind.Landed, (await Next(sender)).Kind);
        Assert.Equal(attempts, Sent.Count());
    }

    [Fact]
    public async Task Faults_that_repeat_end_all_sending_until_the_breaker_is_closed()
    {
        _isOnChain = false;
        _engine.Told.Json = Refusing(_ => (400, EngineServer.Script.Error(-32602, "could not be decoded")));
        var sender = await Ready();
        for (var number = 1; number <= new JitoOptions().FaultsMax; number++)
        {
            Assert.Null(sender.BreakerReason);
            await sender.Submit(Submissions.New(number));
            Assert.Equal(OutcomeCause.Malformed, (await Next(sender)).Cause);
        }
        Assert.Contains("Malformed", sender.BreakerReason);
        Assert.Equal(1, _counts.Count(JitoAlert.BreakerOpen));
        var sent = Sent.Count();
        await sender.Submit(Submissions.New(30));
        Assert.Equal(OutcomeCause.NotSent, (await Next(sender)).Cause);
        Assert.Equal(sent, Sent.Count());
        sender.CloseBreaker();
        await sender.Submit(Submissions.New(31));
        Assert.Equal(OutcomeCause.Malformed, (await Next(sender)).Cause);
    }

    [Fact]
    public async Task What_breaks_an_invariant_of_ours_counts_for_the_breaker()
    {
        var sender = await Ready();
        await sender.Submit(Submissions.New(1));
        for (var variant = 1; variant <= new JitoOptions().FaultsMax; variant++)
            await sender.Submit(Submissions.New(1, variant));
        Assert.Contains("other bytes", sender.BreakerReason);
    }

    [Fact]
    public async Task Other_bytes_for_the_same_opportunity_are_never_sent()
    {
        var sender = await Ready();
        await sender.Submit(Submissions.New(1));
        await sender.Submit(Submissions.New(1, variant: 9));
        Assert.Equal(BundleOutcomeKind.Landed, (await Next(sender)).Kind);
        Assert.Equal((1L, 1L), (_counts.Count(JitoAlert.OtherBytes), _counts.Repeated));
        await Until.Holds(() => Sent.Any()); // the chain may be told of it before the engine has read it
        Assert.Single(Sent);
    }

    [Fact]
    public async Task A_stop_that_comes_while_it_waits_keeps_its_first_byte_back()
    {
        var sender = await Ready(_engine.Options(intervalMs: 1_000)); // the question for leaders took the turn
        await sender.Submit(Submissions.New(1));
        _permit = () => false;
        var stopped = await Next(sender);
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.NotSent), (stopped.Kind, stopped.Cause));
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Other_tip_accounts_end_all_sending_and_are_said()
    {
        _engine.Told.Json = _ => (200, EngineServer.Script.Result($"[\"{TipAccounts.All[0]}\"]"));
        var sender = await Ready();
        await sender.Submit(Submissions.New(1));
        var outcome = await Next(sender);
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.NotSent), (outcome.Kind, outcome.Cause));
        Assert.Equal([TipAccounts.All[0]], sender.ReportedTipAccounts!.Value);
        Assert.Equal(1, _counts.Count(JitoAlert.TipAccountsDiffer));
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Without_a_leader_nothing_is_sent()
    {
        var sender = NewSender(_engine.Options()); // nothing runs: no leader is known
        await sender.Submit(Submissions.New(1));
        var outcome = await Next(sender);
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.NoLeader), (outcome.Kind, outcome.Cause));
        Assert.Empty(_engine.Told.Requests);
    }

    [Fact]
    public async Task Submissions_on_their_way_are_bounded_and_the_newest_waits()
    {
        using var release = new ManualResetEventSlim();
        _engine.Told.Json = Refusing(request =>
        {
            release.Wait(TimeSpan.FromSeconds(20));
            return (200, EngineServer.Script.Result($"\"{IdOf(request.Body)}\""));
        });
        var sender = await Ready(_engine.Options(intervalMs: 300));
        var sent = Enumerable.Range(1, 40).Select(i => sender.Submit(Submissions.New(i)).AsTask()).ToList();
        Assert.All(sent, one => Assert.True(one.IsCompletedSuccessfully)); // nobody waits for a slow engine
        await Until.Holds(() => _counts.Limits().Single(limit => limit.Name == "jito.waiting-send").Count > 0
            || _counts.Limits().Single(limit => limit.Name == "jito.submissions").Count > 0);
        release.Set();
        await Until.Holds(() => sender.Outcomes.Count == 40);
        while (sender.Outcomes.TryRead(out var outcome))
            Assert.True(outcome.Kind == BundleOutcomeKind.Landed || outcome.Cause == OutcomeCause.NoTurn);
        Assert.InRange(Sent.Count(), 1, 8);
    }

    [Fact]
    public async Task A_stream_that_breaks_a_thousand_times_has_one_connection_at_a_time()
    {
        _engine.Told.Results = (_, _) => Task.CompletedTask;
        await Ready(_engine.Options(intervalMs: 1));
        await Until.Holds(() => _engine.Told.Streams >= 1_000);
        Assert.Equal(1, _engine.Told.StreamsAtOnce);
        Assert.True(_counts.StreamBreaks >= 999);
    }

    [Fact]
    public async Task Results_of_the_stream_are_outcomes()
    {
        _isOnChain = false;
        _engine.Told.Results = async (writer, stop) =>
        {
            await Until.Holds(() => Sent.Any());
            var rejected = new Rejected { WinningBatchBidRejected = new WinningBatchBidRejected { Msg = "too low" } };
            for (var i = 0; i < 3; i++)
            {
                await writer.WriteAsync(
                    new BundleResult { BundleId = Submissions.Signed(1).Id.ToString(), Rejected = rejected }, stop);
            }
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "exceeded maximum concurrent"));
        };
        var sender = await Ready();
        await sender.Submit(Submissions.New(1));
        var outcome = await Next(sender);
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.Outbid), (outcome.Kind, outcome.Cause));
        Assert.False(sender.Outcomes.TryRead(out _));
    }

    [Fact]
    public async Task What_is_no_signed_bundle_is_refused_at_once()
    {
        var sender = await Ready();
        var good = Submissions.New(1);
        BundleSubmission[] bad =
        [
            good with { Transactions = [] },
            good with { Transactions = [.. Enumerable.Range(1, 6).SelectMany(i => Submissions.Bytes(i))] },
            good with { Transactions = [.. good.Transactions, .. good.Transactions] },
            good with { Transactions = Submissions.Bytes(2) },
            good with { Transactions = [new byte[] { 1, 2, 3 }] },
            good with { Transactions = [new byte[1_233]] },
            good with { LastValidBlockHeight = 0 },
        ];
        foreach (var submission in bad)
            await Assert.ThrowsAsync<ArgumentException>(async () => await sender.Submit(submission));
        Assert.Empty(Sent);
    }

    protected override IBundleSender NewSender() => Task.Run(() => Ready()).GetAwaiter().GetResult();

    protected override BundleSubmission NewSubmission(byte number)
    {
        _made.Add(number);
        return Submissions.New(number);
    }

    protected override Task Settle(IBundleSender sender) => Until.Holds(() => _made.TrueForAll(
        number => ((JitoSender)sender).VerdictOf(Submissions.Opportunity(number)) is null or { IsProven: true }));

    private static Task<BundleOutcome> Next(JitoSender sender) => sender.Outcomes.ReadAsync().AsTask()
        .WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);

    private IEnumerable<EngineServer.Request> Sent =>
        _engine.Told.Requests.Where(request => request.Body.Contains("sendBundle"));

    private static string TextOf(int number) => Convert.ToBase64String(Submissions.Bytes(number)[0].Span);

    /// <summary>The id of the one of our bundles that the request carries.</summary>
    private static BundleId IdOf(string body) =>
        Submissions.Signed(Enumerable.Range(1, 60).First(number => body.Contains(TextOf(number)))).Id;

    private static Func<EngineServer.Request, (int, string)> Refusing(
        Func<EngineServer.Request, (int, string)> answer) => request =>
        request.Body.Contains("sendBundle") ? answer(request) : EngineServer.Script.Landing(request);

    private JitoSender NewSender(JitoOptions options, TimeProvider? time = null)
    {
        _counts = new JitoCounts(options, new PlainMeterFactory());
        var parts = new JitoParts(
            options, new Chain(this), Key: null, _ => _permit(), (_, _) => null, _counts,
            time ?? TimeProvider.System, () => 0);
        return new JitoSender(parts, NullLogger<JitoSender>.Instance);
    }

    private async Task<JitoSender> Ready(JitoOptions? options = null)
    {
        options ??= _engine.Options();
        var sender = NewSender(options);
        // the questions go first, so that a long interval between requests begins with an open gate
        _running.Add(sender.Run(_stop.Token));
        await Until.Holds(() => IsReady(sender));
        return sender;
    }

    private bool IsReady(JitoSender sender) => sender.Leaders.Choose().Region is not null
        && sender.ReportedTipAccounts is not null && _engine.Told.Streams > 0;

    /// <summary>Whatever is asked for is final, or not there.</summary>
    private sealed class Chain(JitoSenderTests test) : IChainReader
    {
        public Task<ulong> FinalizedHeight(CancellationToken cancellationToken) =>
            test._fault is { } fault ? Task.FromException<ulong>(fault) : Task.FromResult(0UL);

        public Task<SignatureStatuses> Statuses(
            IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken)
        {
            var final = new SignatureStatus(new Slot(70), SlotStatus.Finalized, IsFailed: false);
            return Task.FromResult(new SignatureStatuses(
                new Slot(100), [.. signatures.Select(_ => test._isOnChain ? final : null)]));
        }

        public Task<SignatureStatuses> OldStatuses(
            IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken) =>
            Statuses(signatures, cancellationToken);

        public Task<ObservedTransaction?> Find(TransactionSignature signature, CancellationToken cancellationToken) =>
            Task.FromResult<ObservedTransaction?>(null);
    }
}
