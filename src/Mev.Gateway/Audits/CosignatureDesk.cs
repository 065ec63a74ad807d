using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Mev.Control.Checkpoints;
using Mev.Journal.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Gateway.Audits;

/// <summary>
/// Fetches what the witnesses cosigned, each second, and shows what holds. A witness that cosigned more of this log
/// than it has, or another history under its own signature, shows that its files were set back: the audit is closed.
/// </summary>
internal sealed partial class CosignatureDesk(
    AuditTrees trees, AuditGate gate, IOptions<GatewayOptions> options, TimeProvider time,
    ILogger<CosignatureDesk> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(int Partition, string Witness), AuditBodies.Cosignature> _newest = new();
    private readonly Dictionary<string, string> _troubles = [];

    /// <summary>The newest of each witness for a partition.</summary>
    public ImmutableArray<AuditBodies.Cosignature> Of(int partition) =>
    [
        .. _newest.Where(each => each.Key.Partition == partition)
            .OrderBy(each => each.Key.Witness, StringComparer.Ordinal).Select(each => each.Value),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Witnesses.Count == 0 || trees.Key is null) return;
        using var http = new HttpClient
        {
            Timeout = AnswerMax,
            MaxResponseContentBufferSize = 4 * SignedNote.LengthMax,
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var witness in options.Value.Witnesses) await AskWhatever(http, witness, stoppingToken);
            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    /// <summary>A witness may answer anything, and none of it ends the host.</summary>
    private async Task AskWhatever(HttpClient http, WitnessOptions witness, CancellationToken cancellationToken)
    {
        try
        {
            await Ask(http, witness, cancellationToken);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Tell(witness, $"no answer within {AnswerMax.TotalSeconds} s");
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            Tell(witness, failure.Message);
        }
    }

    private async Task Ask(HttpClient http, WitnessOptions witness, CancellationToken cancellationToken)
    {
        if (NoteKey.Parse(witness.Key) is not { IsLog: false } key)
        {
            Tell(witness, $"Gateway:Witnesses: '{witness.Key}' is no key of a witness");
            return;
        }
        foreach (var partition in trees.Partitions)
        {
            var path = new Uri(witness.Url, $"/v1/cosigned/{partition.Partition}");
            using var answer = await http.GetAsync(path, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.NotFound) continue; // nothing yet
            answer.EnsureSuccessStatusCode();
            var trouble = Take(partition, key, await answer.Content.ReadAsStringAsync(cancellationToken));
            Tell(witness, trouble);
            if (trouble.Length > 0) return;
        }
    }

    /// <summary>Shows a cosignature that holds; otherwise what is wrong with it.</summary>
    private string Take(PartitionCheckpoints partition, NoteKey witness, string text)
    {
        if (SignedNote.Parse(text) is not { } note || Checkpoint.Parse(note.Text) is not { } checkpoint
            || checkpoint.Origin != partition.Key.Name || !partition.Key.HasSigned(note) || !witness.HasSigned(note))
        {
            return $"what it shows of partition {partition.Partition} is no checkpoint of this log that it cosigned";
        }
        if (checkpoint.Size > partition.SignedSize || partition.Tree.Root(checkpoint.Size) != checkpoint.Root)
        {
            var alarm = $"partition {partition.Partition}: the witness {witness.Name} holds a checkpoint of this log "
                + $"over {checkpoint.Size} records that is not in its history (its own end at {partition.SignedSize}): "
                + "journal and checkpoints were set back, or the key signs elsewhere. Restore the newest.";
            gate.Close(partition.Partition, AuditClosing.Witness, alarm);
            return alarm;
        }
        var shown = new AuditBodies.Cosignature(witness.ToString(), checkpoint.Size, text);
        _newest[(partition.Partition, witness.Name)] = shown;
        return "";
    }

    /// <summary>Each trouble once.</summary>
    private void Tell(WitnessOptions witness, string trouble)
    {
        var name = witness.Url.ToString();
        if (_troubles.GetValueOrDefault(name, "") == trouble) return;
        _troubles[name] = trouble;
        if (trouble.Length == 0) LogWell(name);
        else LogTrouble(name, trouble);
    }

    [LoggerMessage(6010, LogLevel.Error, "The witness {Witness}: {Trouble}")]
    private partial void LogTrouble(string witness, string trouble);

    [LoggerMessage(6011, LogLevel.Information, "The witness {Witness} cosigns again")]
    private partial void LogWell(string witness);
}
