using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Decision = Mev.Contracts.V1.Decision;

namespace Mev.Journal.Sinker;

/// <summary>
/// Records of a partition as a platform might write them, with everything that can go wrong: outcomes told twice,
/// corrected, corrected twice, evidence after none, bytes that nobody can read. They follow from the seed, so that two
/// processes make the same.
/// </summary>
public sealed class MadeJournal(string seed, int partition)
{
    public const long BeginNs = 1_763_856_000_000_000_000;
    public const long StepNs = 7_300_000_000; // about five hundred records an hour

    private static readonly string[] Strategies = ["arb-1", "arb-2"];

    private readonly List<(long Offset, Decision Intent)> _intents = [];
    private readonly Dictionary<long, Told> _told = []; // by the offset of the intent
    private long _offset;

    /// <summary>The next record.</summary>
    public LogEntry Next()
    {
        var chance = new MadeChance($"{seed}/{partition}/{_offset}");
        var (kind, atNs) = (chance.Of(0, 100), BeginNs + _offset * StepNs);
        var entry = kind switch
        {
            < 30 => Skip(chance, atNs),
            < 55 => Intent(chance, atNs),
            < 60 => Block(chance, atNs),
            < 70 when _intents.Count > 0 => Attempt(chance, atNs),
            < 92 when _intents.Count > 0 => Outcome(chance, atNs),
            < 94 => Policy(chance, atNs),
            < 96 => Learning(atNs),
            < 98 => Entry(RecordType.Intent, atNs, chance.Digest, chance.Digest.ToArray()), // bytes of nothing
            _ => Entry(RecordType.Checkpoint, atNs, chance.Digest, new AuditRecord().ToByteArray()),
        };
        _offset++;
        return entry;
    }

    private LogEntry Skip(MadeChance chance, long atNs)
    {
        var decision = Decided(chance, atNs, DecisionAction.Skip);
        decision.Core.Reason = (uint)(chance.Of(1, 2) == 0
            ? DecisionReason.NoArmAboveZero : DecisionReason.BelowMinimumProfit);
        return Entry(RecordType.Skip, atNs, chance.Digest, new AuditRecord { Decision = decision });
    }

    private LogEntry Block(MadeChance chance, long atNs)
    {
        var decision = Decided(chance, atNs, DecisionAction.Block);
        decision.Core.Reason = (uint)DecisionReason.TooManyOpen;
        AddHops(decision.Core, chance);
        return Entry(RecordType.Block, atNs, chance.Digest, new AuditRecord { Decision = decision });
    }

    private LogEntry Intent(MadeChance chance, long atNs)
    {
        var decision = Decided(chance, atNs, DecisionAction.Submit);
        AddHops(decision.Core, chance);
        decision.Core.Choice = new Choice { Arm = chance.Of(2, 20), TipBps = 500, Score = 0.25 };
        decision.Core.Choice.Best.Add(new Contracts.V1.ArmScore { Arm = 3, Score = 0.25 });
        decision.Core.Tip = chance.Of(3, 10_000);
        decision.Core.Route = (uint)Route.Fast;
        decision.Core.Message = ByteString.CopyFromUtf8("a message");
        decision.Core.MessageHash = Bytes(Digest.Of(decision.Core.Message.Span));
        _intents.Add((_offset, decision));
        return Entry(RecordType.Intent, atNs, chance.Digest, new AuditRecord { Decision = decision });
    }

    private LogEntry Attempt(MadeChance chance, long atNs)
    {
        var (offset, intent) = _intents[chance.Of(1, _intents.Count)];
        return Entry(RecordType.Attempt, atNs, chance.Digest, new AuditRecord
        {
            Attempt = new Attempt
            {
                OpportunityId = intent.Core.OpportunityId,
                DecisionId = intent.DecisionId,
                IntentOffset = offset,
                Endpoint = "paper",
                SentNs = intent.DecidedNs + chance.Of(2, 5_000_000),
            },
        });
    }

    private LogEntry Outcome(MadeChance chance, long atNs)
    {
        var (offset, intent) = _intents[chance.Of(1, _intents.Count)];
        var kind = (BundleOutcomeKind)chance.Of(2, 4);
        var outcome = new Outcome
        {
            OpportunityId = intent.Core.OpportunityId,
            DecisionId = intent.DecisionId,
            Strategy = intent.Strategy,
            IntentOffset = offset,
            Kind = (uint)kind,
            Cause = (uint)CauseOf(kind, chance.Of(3, 2)),
            Slot = 300_000_000,
            Realised = kind switch
            {
                BundleOutcomeKind.Landed => chance.Of(4, 100_000),
                BundleOutcomeKind.Refused => -5_000,
                _ => 0,
            },
            TipPaid = kind == BundleOutcomeKind.Landed ? intent.Core.Tip : 0,
            Cursor = intent.Cursor,
            ObservedMs = atNs / 1_000_000,
            Value = intent.Core.Value,
            Arm = intent.Core.Choice.Arm,
        };
        if (!_told.TryGetValue(offset, out var told))
        {
            _told[offset] = new Told(_offset, outcome, []);
        }
        else if (chance.Of(5, 3) > 0) // two of three correct the last word, or once more one that did not hold
        {
            var isRepeated = chance.Of(6, 4) == 0 && told.Corrected.Count > 0;
            outcome.Corrects = Corrects(isRepeated ? told.Corrected[0] : told.Offset, told.Word);
            if (!isRepeated)
            {
                _told[offset] = new Told(_offset, outcome, [.. told.Corrected, told.Offset])
                {
                    HadEvidence = told.HadEvidence,
                };
            }
        }
        else if (!told.HadEvidence)
        {
            _told[offset] = new Told(_offset, outcome, told.Corrected);
        }
        if (kind != BundleOutcomeKind.Unknown) _told[offset].HadEvidence |= _told[offset].Word == outcome;
        return Entry(RecordType.Outcome, atNs, chance.Digest, new AuditRecord { Outcome = outcome });
    }

    private static Corrected Corrects(long offset, Outcome earlier) => new()
    {
        Offset = offset,
        Kind = earlier.Kind,
        Cause = earlier.Cause,
        Realised = earlier.Realised,
        TipPaid = earlier.TipPaid,
        Taught = true,
    };

    private static OutcomeCause CauseOf(BundleOutcomeKind kind, int which) => kind switch
    {
        BundleOutcomeKind.Landed => OutcomeCause.Landed,
        BundleOutcomeKind.Refused => which == 0 ? OutcomeCause.FailedOnChain : OutcomeCause.Outbid,
        BundleOutcomeKind.Expired => OutcomeCause.Dropped,
        _ => OutcomeCause.Unobserved,
    };

    private static LogEntry Policy(MadeChance chance, long atNs)
    {
        var policy = new Policy { Version = (ulong)chance.Of(1, 1_000), IsStopped = chance.Of(2, 2) == 0 };
        return Entry(RecordType.PolicyChange, atNs, chance.Digest, new AuditRecord
        {
            PolicyChange = new PolicyChange
            {
                Policy = "global",
                Version = policy.Version,
                PolicyHash = Bytes(policy.Hash),
                PolicyBytes = ByteString.CopyFrom(policy.Encode()),
                Reason = "because",
            },
        });
    }

    private static LogEntry Learning(long atNs) =>
        Entry(RecordType.LearningChange, atNs, default, new AuditRecord
        {
            LearningChange = new LearningChange
            {
                Strategy = "arb-2",
                Kind = (uint)LearningChangeKind.Freeze,
                Epoch = 1,
                Reason = "looks odd",
            },
        });

    private Decision Decided(MadeChance chance, long atNs, DecisionAction action) => new()
    {
        DecisionId = ByteString.CopyFrom(chance.Digest.ToArray().AsSpan(0, 16)),
        Strategy = Strategies[chance.Of(4, Strategies.Length)],
        Cursor = new FeedCursor { Position = (ulong)_offset, Slot = 300_000_000 },
        ReceivedNs = chance.Of(5, 10) == 0 ? 0 : atNs - 3_000_000 - chance.Of(6, 2_000_000),
        EvaluatedNs = atNs - 1_000_000 - chance.Of(7, 1_500_000),
        DecidedNs = atNs - 500_000,
        Drain = new DrainCounts { Evaluated = 100, Survivors = 10, Sized = 5, Opportunities = 1 },
        Core = new DecisionCore
        {
            KernelVersion = DecisionKernel.Version,
            OpportunityId = Bytes(chance.Digest),
            CycleHash = Bytes(CycleOf(chance)),
            Slot = 300_000_000,
            GrossProfit = 60_000,
            Value = chance.Of(6, 50_000),
            Action = (uint)action,
            Checks = { new Contracts.V1.RuleCheck { Rule = (uint)LimitRule.MinimumProfit, Limit = 5, Passed = true } },
        },
    };

    private static void AddHops(DecisionCore core, MadeChance chance)
    {
        for (var hop = 0; hop < 2; hop++)
        {
            core.Hops.Add(new HopAmounts
            {
                Pool = Bytes(PoolOf(chance, hop)),
                Direction = (uint)hop,
                AmountIn = 1_000,
                AmountOut = ulong.MaxValue,
            });
        }
    }

    private static Digest PoolOf(MadeChance chance, int hop) => new MadeChance($"pool {chance.Of(7, 5)} {hop}").Digest;

    private static Digest CycleOf(MadeChance chance) => new MadeChance($"cycle {chance.Of(7, 5)}").Digest;

    private static LogEntry Entry(RecordType type, long atNs, Digest key, AuditRecord record) =>
        Entry(type, atNs, key, record.ToByteArray());

    private static LogEntry Entry(RecordType type, long atNs, Digest key, byte[] bytes) => new(type, atNs, key, bytes);

    private static ByteString Bytes(Digest digest) => ByteString.CopyFrom(digest.ToArray());

    /// <summary>The last word on a bundle, where it stands, and where those stand that it replaced.</summary>
    private sealed record Told(long Offset, Outcome Word, List<long> Corrected)
    {
        public bool HadEvidence { get; set; }
    }
}
