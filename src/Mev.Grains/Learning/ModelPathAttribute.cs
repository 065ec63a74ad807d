using System.ComponentModel.DataAnnotations;
using Mev.Journal.Models;

namespace Mev.Grains.Learning;

/// <summary>A file that holds a model which may be used, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ModelPathAttribute : ValidationAttribute
{
    /// <summary>The rule.</summary>
    public ModelPathAttribute() => ErrorMessage = "the file of a model that may be used; mev-train writes one";

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is not string { Length: > 0 } path || ModelFile.TryOpen(path, out _) is not null;
}
