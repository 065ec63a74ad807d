using System.Security.Cryptography;
using System.Text.Json;
using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Domain.Chain;
using Mev.Gateway.Commands;
using Mev.Journal;
using Microsoft.Extensions.Options;

namespace Mev.DevHost.Control;

/// <summary>
/// Begins a cluster of development by itself, as two admins would: two signed commands that go the way of every other.
/// </summary>
internal sealed partial class DevelopmentStart(
    ControlLog log, CommandDesk desk, IOptions<TrustRootOptions> options, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<DevelopmentStart> logger) : BackgroundService
{
    private const int AttemptsMax = 10;
    private const int NonceLength = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1); // what was signed at the start is refused

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until it has begun, or could not: its policy is the one of the first decision then.</summary>
    public Task Ended(CancellationToken cancellationToken) => _ended.Task.WaitAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (log.Terms.IsDevelopmentRoot) await Begin(stoppingToken);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private async Task Begin(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        if ((await log.CatchUp(stoppingToken)).IsBegun) return;
        var folder = options.Value.DevelopmentFolder;
        var initial = DevelopmentKeys.Initial(folder);
        await Sign(folder, DevelopmentKeys.Admins[0], new
        {
            op = "genesis.propose",
            initial_b64 = Convert.ToBase64String(initial),
        }, stoppingToken);
        await Sign(folder, DevelopmentKeys.Admins[1], new
        {
            op = "genesis.approve",
            initial_sha256 = $"{Digest.Of(initial)}",
        }, stoppingToken);
        if ((await log.CatchUp(stoppingToken)).IsBegun) LogBegun(folder);
    }

    private async Task Sign(string folder, string name, object command, CancellationToken cancellationToken)
    {
        using var key = DevelopmentKeys.Open(folder, name);
        var signer = new CommandSigner(key, log.Terms.Authorities[0]);
        var body = JsonSerializer.SerializeToUtf8Bytes(command);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        for (var attempt = 1; ; attempt++)
        {
            var request = signer.Sign(
                CommandEndpoints.Genesis, body, id, RandomNumberGenerator.GetBytes(NonceLength),
                time.GetUtcNow().ToUnixTimeSeconds());
            var answer = await desk.Take(request, "in process", cancellationToken);
            if (answer.Code.Length == 0) return;
            if (attempt == AttemptsMax)
            {
                LogSealed(name, answer.Code, answer.Detail);
                return;
            }
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    [LoggerMessage(13100, LogLevel.Information, "The cluster begins with the development keys of {Folder}")]
    private partial void LogBegun(string folder);

    [LoggerMessage(13101, LogLevel.Error,
        "The cluster stays sealed: the command of {Admin} was refused, {Code}: {Detail}")]
    private partial void LogSealed(string admin, string code, string detail);
}
