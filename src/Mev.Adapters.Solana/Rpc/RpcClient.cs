using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>
/// A node's JSON-RPC, as far as the platform asks it: all requests read, so each is tried again where that may help,
/// up to <see cref="RpcOptions.AttemptsMax"/> times. From any thread.
/// </summary>
public sealed class RpcClient : IDisposable
{
    /// <summary>Accounts in one request for several; more are asked for in parts.</summary>
    public const int AccountsPerRequest = 100;

    /// <summary>Signatures in one request for statuses.</summary>
    public const int SignaturesPerRequest = 256;

    private readonly RpcOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<double> _chance;
    private readonly HttpClient _http;
    private readonly RpcTransport _transport;
    private long _retries;
    private ulong _reached;

    /// <summary>A client of a node.</summary>
    /// <param name="options">Which node, and the bounds.</param>
    /// <param name="time">Timeouts and waits.</param>
    /// <param name="chance">Uniform numbers from 0 to 1 that spread the waits.</param>
    public RpcClient(RpcOptions options, TimeProvider time, Func<double> chance)
    {
        (_options, _time, _chance) = (options, time, chance);
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan, // each attempt has its own, by the injected clock
        };
        _transport = new RpcTransport(_http, options, time);
    }

    /// <summary>Attempts after a first one so far.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>The node's slot.</summary>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public Task<Slot> GetSlot(RpcCommitment commitment, CancellationToken cancellationToken = default) =>
        Ask("getSlot", json => WriteConfiguration(json, commitment), RpcAnswers.ReadSlot, cancellationToken);

    /// <summary>The version of the node's software, as it tells it.</summary>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public Task<string> GetVersion(CancellationToken cancellationToken = default) =>
        Ask("getVersion", _ => { }, RpcAnswers.ReadVersion, cancellationToken);

    /// <summary>The hash of the chain's first block.</summary>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public Task<Blockhash> GetGenesisHash(CancellationToken cancellationToken = default) =>
        Ask("getGenesisHash", _ => { }, RpcAnswers.ReadGenesis, cancellationToken);

    /// <summary>
    /// The height of the node's newest block. Statuses that are asked for later are as of that block at least, so that
    /// one that is missing is absent from all blocks up to the height: behind a balancer another node may answer.
    /// </summary>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public async Task<ulong> GetBlockHeight(
        RpcCommitment commitment, CancellationToken cancellationToken = default)
    {
        var (slot, height) = await Ask(
            "getEpochInfo", json => WriteConfiguration(json, commitment), RpcAnswers.ReadProgress,
            cancellationToken).ConfigureAwait(false);
        var known = Volatile.Read(ref _reached);
        while (slot.Value > known)
        {
            var before = Interlocked.CompareExchange(ref _reached, slot.Value, known);
            if (before == known) break;
            known = before;
        }
        return height;
    }

    /// <summary>A blockhash to build on.</summary>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public Task<LatestBlockhash> GetLatestBlockhash(
        RpcCommitment commitment, CancellationToken cancellationToken = default) =>
        Ask(
            "getLatestBlockhash", json => WriteConfiguration(json, commitment), RpcAnswers.ReadBlockhash,
            cancellationToken);

    /// <summary>
    /// Accounts by name, each with the slot as of which it was read; one that does not exist is a closed one.
    /// </summary>
    /// <param name="keys">Any number.</param>
    /// <param name="commitment">How safe a state.</param>
    /// <param name="notBefore">The node answers as of this slot or a later one; 0 for any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public async Task<RpcAccounts> GetMultipleAccounts(
        IReadOnlyCollection<Pubkey> keys, RpcCommitment commitment, Slot notBefore = default,
        CancellationToken cancellationToken = default)
    {
        var highest = notBefore;
        var accounts = ImmutableArray.CreateBuilder<AccountWrite>(keys.Count);
        foreach (var part in keys.Chunk(AccountsPerRequest))
        {
            var answer = await Ask(
                "getMultipleAccounts",
                json =>
                {
                    json.WriteStartArray();
                    foreach (var key in part) json.WriteStringValue(key.ToString());
                    json.WriteEndArray();
                    WriteConfiguration(json, commitment, notBefore, withData: true);
                },
                result => RpcAnswers.ReadAccounts(result, part),
                cancellationToken).ConfigureAwait(false);
            if (answer.Slot > highest) highest = answer.Slot;
            accounts.AddRange(answer.Accounts);
        }
        return new RpcAccounts(highest, accounts.DrainToImmutable());
    }

    /// <summary>The accounts of a program.</summary>
    /// <param name="program">Their owner.</param>
    /// <param name="filter">Which of them; null for all.</param>
    /// <param name="commitment">How safe a state.</param>
    /// <param name="notBefore">The node answers as of this slot or a later one; 0 for any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public Task<RpcAccounts> GetProgramAccounts(
        Pubkey program, RpcAccountFilter? filter, RpcCommitment commitment, Slot notBefore = default,
        CancellationToken cancellationToken = default) =>
        Ask(
            "getProgramAccounts",
            json =>
            {
                json.WriteStringValue(program.ToString());
                WriteConfiguration(json, commitment, notBefore, withData: true, filter, withContext: true);
            },
            RpcAnswers.ReadProgramAccounts,
            cancellationToken);

    /// <summary>
    /// The token accounts of a wallet under a token program: nodes keep an index of owners for this question, and look
    /// through every account of the program, or refuse to, when they are asked for them in another way.
    /// </summary>
    /// <param name="wallet">Who may move their tokens.</param>
    /// <param name="program">SPL Token or Token-2022.</param>
    /// <param name="commitment">How safe a state.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public Task<RpcAccounts> GetTokenAccounts(
        Pubkey wallet, Pubkey program, RpcCommitment commitment, CancellationToken cancellationToken = default) =>
        Ask(
            "getTokenAccountsByOwner",
            json =>
            {
                json.WriteStringValue(wallet.ToString());
                json.WriteStartObject();
                json.WriteString("programId", program.ToString());
                json.WriteEndObject();
                WriteConfiguration(json, commitment, withData: true);
            },
            RpcAnswers.ReadProgramAccounts,
            cancellationToken);

    /// <summary>
    /// What became of recent transactions, in the order asked; null for one that the node does not know. A node behind
    /// the block whose height was told by <see cref="GetBlockHeight"/> is no answer.
    /// </summary>
    /// <param name="signatures">At most <see cref="SignaturesPerRequest"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public Task<SignatureStatuses> GetSignatureStatuses(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken = default) =>
        AskStatuses(signatures, _ => { }, cancellationToken);

    /// <summary>As <see cref="GetSignatureStatuses"/>, older ones too, which a node looks for on disk.</summary>
    /// <param name="signatures">At most <see cref="SignaturesPerRequest"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public Task<SignatureStatuses> FindSignatureStatuses(
        IReadOnlyCollection<TransactionSignature> signatures, CancellationToken cancellationToken = default) =>
        AskStatuses(
            signatures,
            json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("searchTransactionHistory", true);
                json.WriteEndObject();
            },
            cancellationToken);

    /// <summary>
    /// A confirmed transaction with what it changed, without its place in the block and inner instructions; null for
    /// one that the node does not know, or knows no longer.
    /// </summary>
    /// <exception cref="RpcRequestException">There is no answer.</exception>
    public Task<ObservedTransaction?> GetTransaction(
        TransactionSignature signature, CancellationToken cancellationToken = default) =>
        Ask(
            "getTransaction",
            json =>
            {
                json.WriteStringValue(signature.ToString());
                json.WriteStartObject();
                json.WriteString("commitment", "confirmed");
                json.WriteString("encoding", "base64");
                json.WriteNumber("maxSupportedTransactionVersion", 0);
                json.WriteEndObject();
            },
            RpcTransactionReader.Read,
            cancellationToken);

    /// <summary>
    /// Hands a signed transaction to the node, which passes it on without trying it. An answer is its signature and no
    /// promise; sending the same bytes again changes nothing.
    /// </summary>
    /// <exception cref="RpcRequestException">There is no answer, or the node does not take it.</exception>
    public Task SendTransaction(ReadOnlyMemory<byte> transaction, CancellationToken cancellationToken = default) =>
        Ask(
            "sendTransaction",
            json =>
            {
                json.WriteBase64StringValue(transaction.Span);
                json.WriteStartObject();
                json.WriteString("encoding", "base64");
                json.WriteBoolean("skipPreflight", true);
                json.WriteEndObject();
            },
            result => RpcAnswers.ReadSignature(result, transaction.Span),
            cancellationToken);

    /// <summary>The leaders of the epoch of a slot.</summary>
    /// <exception cref="RpcRequestException">There is no answer, or the node does not know the epoch.</exception>
    public Task<LeaderSchedule> GetLeaderSchedule(Slot slot, CancellationToken cancellationToken = default) =>
        Ask(
            "getLeaderSchedule", json => json.WriteNumberValue(slot.Value),
            result => RpcAnswers.ReadSchedule(result, slot), cancellationToken);

    private Task<SignatureStatuses> AskStatuses(
        IReadOnlyCollection<TransactionSignature> signatures, Action<Utf8JsonWriter> configure,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(signatures.Count, SignaturesPerRequest, nameof(signatures));
        var notBefore = new Slot(Volatile.Read(ref _reached)); // the request itself takes no least slot
        return Ask(
            "getSignatureStatuses",
            json =>
            {
                json.WriteStartArray();
                foreach (var signature in signatures) json.WriteStringValue(signature.ToString());
                json.WriteEndArray();
                configure(json);
            },
            result => RpcAnswers.ReadStatuses(result, signatures.Count, notBefore),
            cancellationToken);
    }

    private async Task<T> Ask<T>(
        string method, Action<Utf8JsonWriter> write, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var body = JsonRpcRequest.Body(method, write);
        var backoff = new Backoff(_options.RetryDelay, _options.RetryDelayMax, _chance);
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                using var answer = await _transport.Send(method, body, cancellationToken).ConfigureAwait(false);
                return Read(method, answer, read);
            }
            catch (RpcRequestException failure) when (failure.IsTransient && attempt < _options.AttemptsMax)
            {
                wait = backoff.Next();
                if (failure.RetryAfter > wait) wait = failure.RetryAfter.Value;
                if (wait > _options.RetryDelayMax) throw;
            }
            Interlocked.Increment(ref _retries);
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static T Read<T>(string method, JsonDocument answer, Func<JsonElement, T> read)
    {
        try
        {
            return read(answer.RootElement.GetProperty("result"));
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException
            or IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            throw new RpcRequestException(RpcFailure.Malformed, $"{method}: the result is not of its form", e);
        }
    }

    private static void WriteConfiguration(
        Utf8JsonWriter json, RpcCommitment commitment, Slot notBefore = default, bool withData = false,
        RpcAccountFilter? filter = null, bool withContext = false)
    {
        json.WriteStartObject();
        json.WriteString("commitment", commitment.ToString().ToLower(CultureInfo.InvariantCulture));
        if (notBefore.Value > 0) json.WriteNumber("minContextSlot", notBefore.Value);
        if (withData) json.WriteString("encoding", "base64");
        if (withContext) json.WriteBoolean("withContext", true);
        if (filter is not null) WriteFilter(json, filter);
        json.WriteEndObject();
    }

    private static void WriteFilter(Utf8JsonWriter json, RpcAccountFilter filter)
    {
        json.WriteStartArray("filters");
        if (filter.Length is { } length)
        {
            json.WriteStartObject();
            json.WriteNumber("dataSize", length);
            json.WriteEndObject();
        }
        json.WriteStartObject();
        json.WriteStartObject("memcmp");
        json.WriteNumber("offset", filter.Offset);
        json.WriteString("bytes", filter.Address.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
