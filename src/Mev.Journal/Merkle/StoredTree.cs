using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Journal.Merkle;

/// <summary>
/// The Merkle tree of one partition (RFC 6962) in files of a folder: every leaf hash, and the roots of complete
/// subtrees of 256, 65,536 and 16,777,216 leaves. In memory is the frontier alone; a proof reads at most some 256
/// hashes of each file for each of its nodes. The leaf hashes are a second copy beside the journal, so that one of the
/// journal's that is another by now can be named. One caller appends; others ask meanwhile for sizes of before.
/// </summary>
public sealed class StoredTree : IDisposable
{
    private const int Step = 8; // levels between two files
    private const int NodeFiles = 3;
    private const int PageLeaves = 4_096;

    private readonly DigestFile[] _files; // of level 0, 8, 16, 24
    private readonly MerkleFrontier _frontier;

    private StoredTree(DigestFile[] files)
    {
        _files = files;
        _frontier = new MerkleFrontier(Completed);
    }

    /// <summary>The file of leaf hashes in a tree's folder.</summary>
    public static string LeafFile(string folder) => Path.Combine(folder, "leaves");

    /// <summary>Leaves so far.</summary>
    public long Size => _files[0].Count;

    /// <summary>
    /// Opens the tree of a folder, at most its first leaves; makes it where there is none. The roots of subtrees are
    /// made anew of the leaf hashes, so only these have to outlive a process.
    /// </summary>
    /// <exception cref="IOException">A file cannot be opened, read or written.</exception>
    public static StoredTree Open(string folder, long leavesMax = long.MaxValue)
    {
        Directory.CreateDirectory(folder);
        var nodes = Enumerable.Range(1, NodeFiles).Select(file => Path.Combine(folder, $"nodes-{file * Step}"));
        var tree = new StoredTree([.. nodes.Prepend(LeafFile(folder)).Select(DigestFile.Open)]);
        foreach (var file in tree._files[1..]) file.Truncate(0);
        tree._files[0].Truncate(leavesMax);
        tree.Fold();
        return tree;
    }

    /// <summary>The leaf hashes of a folder, in order; for whoever only looks. None where there is no tree.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<Digest> ReadLeaves(string folder)
    {
        if (!File.Exists(LeafFile(folder))) yield break;
        using var file = DigestFile.OpenRead(LeafFile(folder));
        var page = new Digest[PageLeaves];
        for (var from = 0L; file.Read(from, page) is var count && count > 0; from += count)
            for (var i = 0; i < count; i++) yield return page[i];
    }

    /// <summary>Takes the hashes of the next records (<see cref="LeafHash"/>).</summary>
    /// <exception cref="IOException">A file cannot be written: the tree is to be opened anew.</exception>
    public void Append(ReadOnlySpan<Digest> leaves)
    {
        foreach (var leaf in leaves) _frontier.Append(leaf);
        _files[0].Append(leaves); // last: a size that others see has all of its nodes
    }

    /// <summary>Leaf hashes from one on; how many there were of those asked for.</summary>
    public int Read(long from, Span<Digest> leaves) => _files[0].Read(from, leaves);

    /// <summary>The leaf hashes are synced to disk.</summary>
    public void Flush() => _files[0].Flush();

    /// <summary>The root over the first leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More leaves than there are.</exception>
    public Digest Root(long size)
    {
        ProofRanges.CheckRange(size, 0, Size, nameof(size));
        return Hash(new LeafRange(0, size));
    }

    /// <inheritdoc cref="MerkleTree.Inclusion"/>
    public ImmutableArray<Digest> Inclusion(long index, long size)
    {
        ProofRanges.CheckRange(size, 1, Size, nameof(size));
        return [.. ProofRanges.Inclusion(index, size).Select(Hash)];
    }

    /// <inheritdoc cref="MerkleTree.Consistency"/>
    public ImmutableArray<Digest> Consistency(long from, long to)
    {
        ProofRanges.CheckRange(to, 1, Size, nameof(to));
        return [.. ProofRanges.Consistency(from, to).Select(Hash)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    /// <summary>From the largest subtrees that fit down to single leaves.</summary>
    private Digest Hash(LeafRange range)
    {
        var root = new MerkleFrontier();
        var page = new Digest[1 << Step];
        for (var file = _files.Length - 1; file >= 0; file--)
        {
            var level = file * Step;
            for (var left = (range.Count - root.Size) >> level; left > 0;)
            {
                var wanted = page.AsSpan(0, (int)Math.Min(left, page.Length));
                var read = _files[file].Read((range.Begin + root.Size) >> level, wanted);
                if (read < wanted.Length)
                    throw new IOException($"the audit tree ends at node {root.Size} of level {level}: open it anew");
                foreach (var node in wanted) root.Append(node, level);
                left -= wanted.Length;
            }
        }
        return root.Root;
    }

    private void Fold()
    {
        var page = new Digest[PageLeaves];
        while (_files[0].Read(_frontier.Size, page) is var count && count > 0)
            foreach (var leaf in page.AsSpan(0, count)) _frontier.Append(leaf);
    }

    private void Completed(int level, Digest root)
    {
        if (level % Step == 0 && level / Step < _files.Length) _files[level / Step].Append([root]);
    }
}
