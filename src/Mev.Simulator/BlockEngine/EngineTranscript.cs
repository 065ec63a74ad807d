using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mev.Domain.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// What was received, byte by byte with its time of arrival, and a hash over all of it and all results: the same seed
/// and the same arrivals give the same hash. Of the bytes the newest are kept, up to the bound.
/// </summary>
internal sealed class EngineTranscript(BlockEngineOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private readonly Queue<ReceivedRequest> _received = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    /// <summary>Requests that are not kept any more.</summary>
    public long Forgotten { get; private set; }

    /// <summary>The requests that are kept, oldest first.</summary>
    public IReadOnlyList<ReceivedRequest> Received
    {
        get
        {
            lock (_gate) return [.. _received];
        }
    }

    /// <summary>Hash of everything so far.</summary>
    public Digest Hash
    {
        get
        {
            lock (_gate) return new Digest(_hash.GetCurrentHash());
        }
    }

    /// <summary>A request has arrived.</summary>
    public void Receive(EngineRegion region, string method, ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            var request = new ReceivedRequest(time.GetElapsedTime(_start), region.Name, method, bytes.ToArray());
            Span<byte> at = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(at, request.At.Ticks);
            _hash.AppendData(at);
            Append($"{request.Region} {request.Method}");
            _hash.AppendData(bytes.Span);
            _received.Enqueue(request);
            _bytes += bytes.Length;
            while (_bytes > options.ReceivedBytesMax && _received.TryDequeue(out var oldest))
            {
                _bytes -= oldest.Bytes.Length;
                Forgotten++;
            }
        }
    }

    /// <summary>Something was told.</summary>
    public void Tell(string line)
    {
        lock (_gate) Append(line);
    }

    public void Dispose() => _hash.Dispose();

    private void Append(string line)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes(line));
        _hash.AppendData("\n"u8);
    }
}
