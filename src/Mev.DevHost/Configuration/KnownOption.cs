namespace Mev.DevHost.Configuration;

/// <summary>One option. The key of an entry of a list has <c>0</c> where any index may stand.</summary>
internal sealed record KnownOption(string Key, string Default, string Summary, OptionRules Rules)
{
    public bool Matches(string key)
    {
        var (known, given) = (Key.Split(':'), key.Split(':'));
        return known.Length == given.Length && known.Zip(given).All(part =>
            part.First.Equals(part.Second, StringComparison.OrdinalIgnoreCase)
            || (part.First == "0" && int.TryParse(part.Second, out _)));
    }
}
