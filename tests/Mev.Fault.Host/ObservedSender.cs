using System.Threading.Channels;
using Mev.Domain.Bundles;
using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Mev.Fault.Host;

/// <summary>
/// The counterparty, watched: each submission is written to a file before it is passed on, with what a connection of
/// the observer's own finds committed in the journal at that moment.
/// </summary>
internal sealed class ObservedSender(
    IBundleSender inner, KillSwitch kill, IOptions<FaultOptions> options, IOptions<SqliteLogOptions> journal)
    : IBundleSender, IDisposable
{
    /// <summary>
    /// Name of the file: opportunity, stated hash, whether a durable intent holds the bytes, the bytes.
    /// </summary>
    public const string File = "submissions.txt";

    /// <summary>A committed intent holds the bytes.</summary>
    public const string Durable = "durable";

    /// <summary>No committed intent does.</summary>
    public const string Missing = "missing";

    private const string Intents = "SELECT bytes FROM audit_log WHERE record_type = 1 AND key = $key";

    private readonly ObservedFile _file = new(Path.Combine(options.Value.Folder, File));

    public string Description => inner.Description;

    public ChannelReader<BundleOutcome> Outcomes => inner.Outcomes;

    public async ValueTask Submit(BundleSubmission submission, CancellationToken cancellationToken = default)
    {
        var state = IsDurable(submission) ? Durable : Missing;
        var bytes = Convert.ToHexString(submission.Message.Span);
        _file.Add($"{submission.Opportunity} {submission.MessageHash} {state} {bytes}");
        kill.At(KillMoment.Submitted);
        await inner.Submit(submission, cancellationToken);
        kill.At(KillMoment.SubmissionTaken);
    }

    public void Dispose() => _file.Dispose();

    private bool IsDurable(BundleSubmission submission)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = journal.Value.Path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Intents;
        command.Parameters.AddWithValue("$key", submission.Opportunity.Value.ToArray());
        using var rows = command.ExecuteReader();
        while (rows.Read())
            if (rows.GetFieldValue<byte[]>(0).AsSpan().IndexOf(submission.Message.Span) >= 0) return true;
        return false;
    }
}
