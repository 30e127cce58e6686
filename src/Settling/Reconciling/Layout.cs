namespace HaoSuan.Settling.Reconciling;

/// <summary>Where each field stands in one certain file: a template laid on its first rows.</summary>
public sealed class Layout
{
    /// <summary>How many rows may stand above the header.</summary>
    public const int HeaderWithin = 60;

    private readonly int[] _columns;
    private readonly string[] _headers;

    internal Layout(SheetTemplate template, int headerRow, int[] columns, string?[] headers)
    {
        (Template, HeaderRow, _columns) = (template, headerRow, columns);
        _headers = Array.ConvertAll(headers, h => h?.Trim().ReplaceLineEndings(" ") ?? "");
    }

    /// <summary>The template as it was used: proposed ones can be saved.</summary>
    public SheetTemplate Template { get; }

    /// <summary>The row of the header, counted from 1; 0: there is none.</summary>
    public int HeaderRow { get; }

    /// <summary>How many columns the header has.</summary>
    public int Width => _headers.Length;

    public bool Has(Field field) => _columns[(int)field] >= 0;

    /// <summary>The column of a field, from 0; -1 where the file has none.</summary>
    public int ColumnOf(Field field) => _columns[(int)field];

    public string HeaderOf(int column) => column >= 0 && column < _headers.Length ? _headers[column] : "";

    /// <summary>Proposes a layout from the words of the header: the row that names most fields, among them an amount and at
    /// least one of order number, ICCID and phone.</summary>
    public static Result<Layout> Propose(IReadOnlyList<string?[]> firstRows, Side side)
    {
        Proposal? best = null;
        for (var i = 0; i < Math.Min(firstRows.Count, HeaderWithin); i++)
        {
            var proposal = Proposal.Of(firstRows, i, side);
            if (proposal.IsUsable(side) && proposal.Fields > (best?.Fields ?? 0)) best = proposal;
        }
        return best is null ? new Refusal("sheets.no_header") : best.ToLayout();
    }

    /// <summary>Lays a saved template on a file.</summary>
    public static Result<Layout> Of(SheetTemplate template, IReadOnlyList<string?[]> firstRows)
    {
        List<Refusal> refusals = [];
        for (var i = 0; i < Math.Min(firstRows.Count, HeaderWithin); i++)
        {
            if (template.HeaderRow is { } row && row - 1 != i && row > 0) continue;
            var headers = template.HeaderRow == 0 ? [] : firstRows[i];
            refusals = [];
            var columns = Locate(template, headers, refusals);
            if (refusals.Count == 0) return new Layout(template, template.HeaderRow == 0 ? 0 : i + 1, columns, headers);
        }
        return refusals.Count > 0 && template.HeaderRow is not null ? refusals : new Refusal("sheets.template_fits_no_row");
    }

    private static int[] Locate(SheetTemplate template, string?[] headers, List<Refusal> refusals)
    {
        var columns = new int[Enum.GetValues<Field>().Length];
        Array.Fill(columns, -1);
        foreach (var (field, name) in template.Columns)
        {
            columns[(int)field] = Find(name, headers);
            if (columns[(int)field] < 0) refusals.Add(new("sheets.no_such_column", field, name));
        }
        foreach (var column in template.Skip.Select(s => s.Column).OfType<string>())
        {
            if (Find(column, headers) < 0) refusals.Add(new("sheets.no_such_column", "skip", column));
        }
        return columns;
    }

    internal static int Find(string name, string?[] headers)
    {
        var plain = Headers.Plain(name);
        var byHeader = Array.FindIndex(headers, h => h is not null && Headers.Plain(h) == plain);
        return byHeader >= 0 ? byHeader : ColumnLetters.Find(name.Trim());
    }

    internal int Find(string name) => Find(name, _headers);

    /// <summary>One row, read as if it were the header.</summary>
    private sealed class Proposal(string?[] headers, int row)
    {
        private readonly Heading?[] _best = new Heading?[Enum.GetValues<Field>().Length];
        private readonly int[] _columns = [.. Enumerable.Repeat(-1, Enum.GetValues<Field>().Length)];
        private bool _twoAmounts;

        public int Fields => _columns.Count(c => c >= 0);

        public static Proposal Of(IReadOnlyList<string?[]> rows, int index, Side side)
        {
            Proposal proposal = new(rows[index], index);
            for (var column = 0; column < rows[index].Length; column++)
            {
                if (Headers.Read(rows[index][column], side) is { } heading) proposal.Take(column, heading);
            }
            proposal.TellCardNumbersFromPhones(rows);
            return proposal;
        }

        public bool IsUsable(Side side) =>
            Has(Field.Amount) && (side == Side.Ours ? Has(Field.Order) : Has(Field.Order) || Has(Field.Iccid) || Has(Field.Phone));

        public Result<Layout> ToLayout()
        {
            if (_twoAmounts) return new Refusal("sheets.two_amounts", row + 1);
            Dictionary<Field, string> columns = [];
            foreach (var field in Enum.GetValues<Field>())
            {
                var column = _columns[(int)field];
                if (column >= 0) columns[field] = IsUnique(column) ? headers[column]!.Trim() : ColumnLetters.Of(column);
            }
            SheetTemplate template = new() { HeaderRow = row + 1, Columns = columns, Unit = _best[(int)Field.Amount]!.Value.Unit };
            return new Layout(template, row + 1, _columns, headers);
        }

        private bool Has(Field field) => _columns[(int)field] >= 0;

        private bool IsUnique(int column) => Array.FindIndex(headers, h => h?.Trim() == headers[column]!.Trim()) == column;

        private void Take(int column, Heading heading)
        {
            var field = (int)heading.Field;
            var rank = _best[field]?.Rank ?? int.MaxValue;
            if (heading.Field == Field.Amount && heading.Rank <= rank) _twoAmounts = heading.Rank == rank;
            if (heading.Rank >= rank) return;
            (_best[field], _columns[field]) = (heading, column);
        }

        /// <summary>卡号 alone is the ICCID for some and the phone number for others: the first value tells.</summary>
        private void TellCardNumbersFromPhones(IReadOnlyList<string?[]> rows)
        {
            var column = _columns[(int)Field.Iccid];
            if (column < 0 || Has(Field.Phone) || Headers.Plain(headers[column]) != "卡号") return;
            var cells = rows.Skip(row + 1).Select(r => column < r.Length ? r[column] : null);
            var first = cells.FirstOrDefault(c => !string.IsNullOrWhiteSpace(c));
            if (first is null || Identifiers.ReadIccid(first, out var code) is not null || code.ToString().Length > 13) return;
            (_columns[(int)Field.Phone], _columns[(int)Field.Iccid]) = (column, -1);
        }
    }
}
