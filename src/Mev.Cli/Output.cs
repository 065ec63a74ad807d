using System.Text.Json;
using Spectre.Console;

namespace Mev.Cli;

/// <summary>Prints for people or, with <c>--json</c>, for programs.</summary>
internal sealed class Output
{
    private const int FileColumns = 200; // a file has no width of its own: nothing is wrapped there
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly IAnsiConsole _console;
    private readonly TextWriter _lines = Console.Out;

    public Output(bool isJson)
    {
        IsJson = isJson;
        _console = AnsiConsole.Console;
        if (Console.IsOutputRedirected) _console.Profile.Width = FileColumns;
    }

    public bool IsJson { get; }

    public IAnsiConsole Terminal => _console;

    public void Json(JsonElement element) => _lines.WriteLine(JsonSerializer.Serialize(element, Indented));

    public void JsonLine(object value) => _lines.WriteLine(JsonSerializer.Serialize(value));

    public void Line(string text) => _lines.WriteLine(text);

    public void Title(string text) => _console.MarkupLine($"[bold]{Markup.Escape(text)}[/]");

    /// <summary>Names and values; rows without a value are left out.</summary>
    public void Fields(params IEnumerable<(string Name, string Value)> fields)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn();
        foreach (var (name, value) in fields)
            if (value.Length > 0) grid.AddRow(new Markup($"[grey]{Markup.Escape(name)}[/]"), new Text(value));
        _console.Write(grid);
    }

    /// <summary>A table; headings with a leading '&gt;' are aligned to the right.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var heading in headings)
        {
            var column = new TableColumn(Markup.Escape(heading.TrimStart('>'))).NoWrap();
            table.AddColumn(heading.StartsWith('>') ? column.RightAligned() : column);
        }
        foreach (var row in rows) table.AddRow([.. row.Select(cell => new Text(cell))]);
        _console.Write(table);
    }
}
