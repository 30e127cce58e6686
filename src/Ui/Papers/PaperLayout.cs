namespace HaoSuan.Ui;

/// <summary>What stands on a page, in points from the top left.</summary>
internal sealed class PaperPage
{
    public List<(string Text, float X, float Y, float Size, bool Soft)> Words { get; } = [];
    public List<float> Rules { get; } = [];
    public List<(float Y, float Height)> Shades { get; } = [];
}

/// <summary>Lays a paper out on A4 pages, from top to bottom.</summary>
internal sealed class PaperLayout(PaperFont font, Zone zone)
{
    public const float Width = 595, Height = 842, Margin = 40, Inner = Width - (2 * Margin);

    private const float Bottom = Height - 46;
    private const float Text = 9, Title = 17, Heading = 11;
    private const float Leading = 13, Padding = 4, Gap = 10;
    private const float NarrowestText = 50;
    private const int HeadColumns = 3;

    private readonly List<PaperPage> _pages = [new()];
    private float _y = Margin;

    private PaperPage Page => _pages[^1];

    public List<PaperPage> Of(Paper paper)
    {
        Say(paper.Title, Margin, Title, _y + Title);
        Say(paper.For, Margin, Heading, _y + Title + 20, soft: true);
        _y += Title + 36;
        Head(paper.Head);
        foreach (var table in paper.Tables) Lay(table);
        return _pages;
    }

    private void Head(IReadOnlyList<(string Label, object Value)> head)
    {
        foreach (var row in head.Chunk(HeadColumns))
        {
            foreach (var (i, (label, value)) in row.Index())
            {
                var x = Margin + (i * Inner / HeadColumns);
                Say(label, x, 8, _y + 9, soft: true);
                Say(PaperText.Of(value, zone), x, 10, _y + 22);
            }
            _y += 32;
        }
        _y += Gap;
    }

    private void Lay(PaperTable table)
    {
        var cells = table.Rows.Concat(table.Totals is { } totals ? [totals] : [])
            .Select(row => row.Select(c => PaperText.Of(c, zone)).ToArray()).ToList();
        var figures = table.Columns.Select((_, i) => table.Rows.Any(r => CellValue.IsFigure(r[i]))).ToArray();
        var widths = Widths(table.Columns, cells, figures);
        if (_y + Heading + (4 * Leading) > Bottom) Turn();
        Say(table.Name, Margin, Heading, _y + Heading);
        _y += Heading + 8;
        if (cells.Count == 0)
        {
            Say(table.Empty, Margin, Text, _y + Text, soft: true);
            _y += Leading + Gap;
            return;
        }
        Row(table.Columns, widths, figures, head: true);
        foreach (var (i, row) in cells.Index())
        {
            if (_y + RowHeight(row, widths) > Bottom)
            {
                Turn();
                Row(table.Columns, widths, figures, head: true);
            }
            Row(row, widths, figures, head: table.Totals is not null && i == cells.Count - 1);
        }
        _y += (2 * Gap) - Padding;
    }

    private void Row(IReadOnlyList<string> cells, float[] widths, bool[] figures, bool head)
    {
        var (height, x) = (RowHeight(cells, widths), Margin);
        if (head) Page.Shades.Add((_y, height));
        foreach (var (i, cell) in cells.Index())
        {
            foreach (var (n, line) in Lines(cell, widths[i]).Index())
            {
                var left = figures[i] ? x + widths[i] - Padding - font.Width(line, Text) : x + Padding;
                Say(line, left, Text, _y + Padding + 8 + (n * Leading));
            }
            x += widths[i];
        }
        _y += height;
        Page.Rules.Add(_y);
    }

    private float RowHeight(IReadOnlyList<string> cells, float[] widths) =>
        (cells.Select((c, i) => Lines(c, widths[i]).Count).Max() * Leading) + Padding;

    // Columns are as wide as what stands in them. Where that is too much, the widest texts are broken, and figures stay on their line.
    private float[] Widths(IReadOnlyList<string> titles, List<string[]> rows, bool[] figures)
    {
        var natural = titles.Select((t, i) => rows.Select(r => font.Width(r[i], Text)).Append(font.Width(t, Text)).Max() + (2 * Padding)).ToArray();
        if (natural.Sum() <= Inner) return [.. natural.Select(w => w * Inner / natural.Sum())];
        var widest = natural.Where((_, i) => !figures[i]).DefaultIfEmpty().Max();
        float Width(int i) => figures[i] ? natural[i] : Math.Min(natural[i], widest);
        while (widest > NarrowestText && natural.Select((_, i) => Width(i)).Sum() > Inner) widest--;
        return [.. natural.Select((_, i) => Width(i))];
    }

    private List<string> Lines(string text, float width)
    {
        List<string> lines = [];
        var rest = text.AsSpan();
        while (font.Width(rest.ToString(), Text) > width - (2 * Padding) + 0.1f && rest.Length > 1)
        {
            var length = rest.Length - 1;
            while (length > 1 && font.Width(rest[..length].ToString(), Text) > width - (2 * Padding)) length--;
            if (char.IsHighSurrogate(rest[length - 1])) length++;
            lines.Add(rest[..length].ToString());
            rest = rest[length..];
        }
        lines.Add(rest.ToString());
        return lines;
    }

    private void Turn()
    {
        _pages.Add(new());
        _y = Margin;
    }

    private void Say(string text, float x, float size, float y, bool soft = false) => Page.Words.Add((text, x, y, size, soft));
}
