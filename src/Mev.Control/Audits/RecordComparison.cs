using System.Runtime.CompilerServices;
using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Control.Audits;

/// <summary>
/// Goes through the journal beside the leaves that were signed and names what is another: also a record that was taken
/// out or put in with all behind it renumbered, and two that changed places.
/// </summary>
internal sealed class RecordComparison(IAuditSource source, int partition, FindingList findings, Action<long> looked)
{
    private readonly List<(long Seq, Digest Is, Digest Was)> _others = [];
    private long _place; // in the signed leaves
    private long _signedSize;

    /// <summary>Records of the journal.</summary>
    public long Records { get; private set; }

    /// <summary>Compares with leaves of which the first so many are signed.</summary>
    public async Task With(IAsyncEnumerable<Digest> leaves, long signedSize, CancellationToken cancellationToken)
    {
        _signedSize = signedSize;
        await using var records = new Lookahead<HashedRecord>(Hash(cancellationToken), cancellationToken);
        await using var signed = new Lookahead<Digest>(leaves, cancellationToken);
        for (var expected = 0L; await records.Has(0);)
        {
            var record = records.At(0);
            if (record.Seq > expected) await TakenOut(signed, record.Seq - expected);
            expected = record.Seq + 1;
            var shift = await RecordShift.At(records, signed);
            if (shift < 0) await TakenOut(signed, -shift);
            if (shift > 0)
            {
                expected = await PutIn(records, shift);
                continue;
            }
            await Compare(record, signed);
            Records++;
            await records.Skip();
        }
        if (_place < signedSize) Missing(_place, signedSize - 1, ", and so is all behind");
        TellOthers();
    }

    /// <summary>Where nothing tells which leaves were signed: what does not fit within the journal itself.</summary>
    public async Task WithItself(CancellationToken cancellationToken)
    {
        var expected = 0L;
        await foreach (var record in Hash(cancellationToken))
        {
            if (record.Seq > expected) Missing(expected, record.Seq - 1);
            expected = record.Seq + 1;
            Records++;
            if (record.Hash != record.Leaf) Changed(record.Seq, "its bytes are not those of the leaf hash beside it");
        }
    }

    /// <summary>The records' own hashes.</summary>
    public async IAsyncEnumerable<Digest> Hashes([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var record in source.Records(partition, cancellationToken))
            yield return LeafHash.Of(record.Bytes.Span);
    }

    private async IAsyncEnumerable<HashedRecord> Hash([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var record in source.Records(partition, cancellationToken))
        {
            looked(1);
            yield return new HashedRecord(record.Seq, record.Leaf, LeafHash.Of(record.Bytes.Span));
        }
    }

    private async ValueTask TakenOut(Lookahead<Digest> signed, long count)
    {
        var from = _place;
        for (; count > 0 && await signed.Skip(); count--) _place++; // of a hole beyond the leaves nothing is known
        if (_place > from) Missing(from, _place - 1);
    }

    private async ValueTask<long> PutIn(Lookahead<HashedRecord> records, int count)
    {
        var seq = 0L;
        for (; count > 0; count--, Records++)
        {
            seq = records.At(0).Seq;
            findings.Add(AuditDefect.Inserted, seq, $"record {seq}: inserted, it was never signed here");
            await records.Skip();
        }
        return seq + 1;
    }

    private async ValueTask Compare(HashedRecord record, Lookahead<Digest> signed)
    {
        if (!await signed.Has(0))
        {
            if (record.Hash != record.Leaf) Changed(record.Seq, "not signed yet");
            return;
        }
        var (was, isSigned) = (signed.At(0), _place < _signedSize);
        _place++;
        await signed.Skip();
        if (record.Hash == was && record.Leaf == was) return;
        if (record.Hash == was)
        {
            findings.Add(
                AuditDefect.LeafChanged, record.Seq, $"record {record.Seq}: the leaf hash beside it is not its own");
        }
        else if (!isSigned)
        {
            Changed(record.Seq, "not signed yet");
        }
        else if (_others.Count < PartitionAudit.FindingsMax)
        {
            _others.Add((record.Seq, record.Hash, was));
        }
        else
        {
            Changed(record.Seq, Words(record.Hash, was));
        }
    }

    /// <summary>Of those that are others, the pairs that changed places.</summary>
    private void TellOthers()
    {
        var places = new Dictionary<(Digest Is, Digest Was), long>();
        foreach (var (seq, hash, was) in _others) places.TryAdd((hash, was), seq);
        foreach (var (seq, hash, was) in _others)
        {
            var isSwapped = places.TryGetValue((was, hash), out var other) && other != seq;
            if (!isSwapped) Changed(seq, Words(hash, was));
            else if (seq < other) findings.Add(AuditDefect.Swapped, seq, other, $"records {seq} and {other}: swapped");
        }
    }

    private static string Words(Digest hash, Digest was) => $"its leaf is {hash}, signed was {was}";

    private void Changed(long seq, string how) =>
        findings.Add(AuditDefect.Changed, seq, $"record {seq}: changed, {how}");

    private void Missing(long from, long to, string more = "")
    {
        var which = from == to ? $"record {from}" : $"records {from} to {to}";
        findings.Add(AuditDefect.Missing, from, to, $"{which}: missing{more}");
    }
}
