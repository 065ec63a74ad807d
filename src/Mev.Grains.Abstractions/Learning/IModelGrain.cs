using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Grains.Abstractions.Commands;

namespace Mev.Grains.Abstractions.Learning;

/// <summary>
/// The model that samplers take offsets from. Key: <c>offset</c>. A change is journalled with the file before it is in
/// force; decisions under way end with the model that they began with.
/// </summary>
[Alias("mev.model"), GrainInterfaceType("mev.model")]
public interface IModelGrain : IGrainWithStringKey
{
    /// <summary>What is in force. Puts it in force in the silo of the grain if it was not.</summary>
    [Alias("current"), ClientReadable]
    ValueTask<ModelView> Current();

    /// <summary>The files that a command may put in force, the newest first.</summary>
    [Alias("files"), ClientReadable]
    ValueTask<ImmutableArray<ModelFileView>> Files();

    /// <summary>
    /// Puts the file in force that a host is configured with, if <paramref name="replaces"/> is in force; answers what
    /// is afterwards. What operators change comes by <see cref="IModelCommandGrain"/>.
    /// </summary>
    /// <param name="file">The model's file.</param>
    /// <param name="replaces">The model that the caller means to replace; null for none.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <exception cref="ArgumentException">
    /// The file is no model that may be used, or the gates refuse it; the message says why, and nothing was changed.
    /// </exception>
    [Alias("swap")]
    ValueTask<ModelView> Swap(ImmutableArray<byte> file, Digest? replaces, string reason);
}
