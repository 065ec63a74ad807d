using System.Buffers;
using Mev.Control.Commands;
using Mev.Control.Signatures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mev.Gateway.Commands;

/// <summary>A request as it came in on the wire: nothing decoded, nothing joined.</summary>
internal static class ReceivedRequest
{
    private static readonly TimeSpan ReadMax = TimeSpan.FromSeconds(2);

    /// <summary>The same, with the refusal of one that cannot be read, or comes too slowly.</summary>
    public static async Task<ReceivedCommand> TryRead(HttpContext context)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        slow.CancelAfter(ReadMax);
        try
        {
            return new ReceivedCommand(await Read(context, slow.Token));
        }
        catch (BadHttpRequestException failure)
        {
            return new ReceivedCommand(
                null, failure.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? CommandRefusal.BodyTooLarge
                    : CommandRefusal.MalformedRequest);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return new ReceivedCommand(null, CommandRefusal.MalformedRequest);
        }
    }

    /// <summary>Reads it; one byte more than a body may have, so that a longer one is seen.</summary>
    private static async Task<CommandRequest> Read(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        return new CommandRequest
        {
            Method = request.Method,
            Host = request.Headers.Host.ToString(),
            Target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "",
            Headers = [.. Lines(request.Headers)],
            Body = await Body(request, cancellationToken),
        };
    }

    private static IEnumerable<HeaderLine> Lines(IHeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
            foreach (var value in values) yield return new HeaderLine(name, value ?? "");
    }

    private static async Task<ReadOnlyMemory<byte>> Body(HttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > CommandRequest.BodyBytesMax || read.IsCompleted)
            {
                var length = Math.Min(read.Buffer.Length, CommandRequest.BodyBytesMax + 1);
                var body = read.Buffer.Slice(0, length).ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
