using System.Net;
using System.Text;

namespace Mev.Integration.Tests;

/// <summary>A gateway of so many decisions, all damaged, that takes its time for each record.</summary>
internal sealed class SlowGateway : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly int _decisions;
    private readonly TimeSpan _delay;
    private int _inFlight;
    private int _inFlightMost;

    public SlowGateway(int decisions, TimeSpan delay)
    {
        (_decisions, _delay) = (decisions, delay);
        Url = $"http://127.0.0.1:{Programs.FreePorts(1)[0]}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = Serve();
    }

    public string Url { get; }

    /// <summary>Records that were asked for at the same time, at most.</summary>
    public int InFlightMost => Volatile.Read(ref _inFlightMost);

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        try
        {
            while (true) _ = Answer(await _listener.GetContextAsync());
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // closed
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        if (path.EndsWith("/record", StringComparison.Ordinal)) await Delay();
        var body = Encoding.UTF8.GetBytes(path switch
        {
            "/v1/overview" => $$$"""{"decisions":{"total":{{{_decisions}}}}}""",
            "/v1/decisions" => $$"""{"decisions":[{{Lines()}}],"next":null}""",
            _ => $$"""{"bytes":"AA==","leafHash":"{{new string('0', 64)}}","blobs":[]}""",
        });
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    private async Task Delay()
    {
        var inFlight = Interlocked.Increment(ref _inFlight);
        int most;
        while (inFlight > (most = InFlightMost)) Interlocked.CompareExchange(ref _inFlightMost, inFlight, most);
        await Task.Delay(_delay, TimeProvider.System, CancellationToken.None);
        Interlocked.Decrement(ref _inFlight);
    }

    private string Lines() => string.Join(
        ',', Enumerable.Range(0, _decisions).Select(i => $$"""{"id":"1@{{i}}","slot":"5","isDamaged":false}"""));
}
