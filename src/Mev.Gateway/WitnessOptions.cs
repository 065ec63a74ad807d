using System.ComponentModel.DataAnnotations;

namespace Mev.Gateway;

/// <summary>One witness of the audit log.</summary>
public sealed class WitnessOptions
{
    /// <summary>Where it shows what it cosigned. Default http://127.0.0.1:8090.</summary>
    [Required]
    public Uri Url { get; init; } = new("http://127.0.0.1:8090");

    /// <summary>
    /// What it is known by, name+hex id+base64, as 'mevctl audit witness' says. Default empty, which is refused.
    /// </summary>
    [Required, StringLength(400, MinimumLength = 1)]
    public string Key { get; init; } = "";
}
