using System.Buffers;

namespace HaoSuan.Settling.Reconciling;

/// <summary>Turns the rows of one file into entries: leaves out banners, notes and totals (which must add up) and collects
/// what cannot be read.</summary>
public sealed class RowReader(Layout layout, Side side, bool from1904 = false)
{
    private const int MostFaults = 1_000;
    private const int LongestTotal = 40;
    private const int LongestShown = 40;

    private static readonly string[] TotalWords = ["合计", "总计", "小计", "共计", "总和", "汇总", "本页合计", "本页小计", "本月合计", "累计"];
    private static readonly string[] TotalNames = ["TOTAL", "SUBTOTAL", "GRANDTOTAL"];

    // What such words have in common: most cells need no closer look.
    private static readonly SearchValues<char> TotalLetters = SearchValues.Create("计总汇TtＴ");

    private readonly List<Refusal> _faults = [];
    private readonly List<Entry> _entries = [];
    private readonly Vocabulary _products = new(layout.Template.Values.GetValueOrDefault(Field.Product));
    private readonly Vocabulary _stages = new(layout.Template.Values.GetValueOrDefault(Field.Stage));
    private readonly Vocabulary _statuses = new(layout.Template.Values.GetValueOrDefault(Field.Status));
    private int _faultCount;
    private long _sum;
    private long _sumSinceTotal;

    public int Count => _entries.Count;

    /// <summary>Reads one row; <paramref name="number"/> is its number in the file, from 1.</summary>
    public void Read(int number, ReadOnlySpan<string?> cells)
    {
        if (number <= layout.HeaderRow || IsSkipped(number, cells) || IsBlank(cells) || IsHeaderAgain(cells)) return;
        if (IsTotal(cells)) CheckTotal(number, cells);
        else ReadEntry(number, cells);
    }

    /// <summary>The entries, or every fault (the first thousand of them).</summary>
    public Result<List<Entry>> Finish()
    {
        if (_faultCount > _faults.Count) _faults.Add(new("sheets.more_faults", _faultCount - _faults.Count));
        return _faults.Count > 0 ? _faults : _entries;
    }

    /// <summary>For the reader of the file: what it could not make out of a row.</summary>
    public void Fault(string code, int row, int column, string value = "")
    {
        if (++_faultCount <= MostFaults) _faults.Add(At(code, row, column, Shown(value)));
    }

    /// <summary>A cell on one line, not longer than it takes to recognize it.</summary>
    private static string Shown(string value) =>
        value.ReplaceLineEndings(" ") is { Length: > LongestShown } text ? text[..LongestShown] + "…" : value.ReplaceLineEndings(" ");

    private Refusal At(string code, int row, int column, params ReadOnlySpan<object> what) =>
        new(code, [row, column < 0 ? "" : ColumnLetters.Of(column), layout.HeaderOf(column), .. what]);

    private void ReadEntry(int number, ReadOnlySpan<string?> cells)
    {
        var faults = _faultCount;
        Check(Identifiers.ReadOrder(Cell(cells, Field.Order), out var order, out var written), number, cells, Field.Order);
        Check(Identifiers.ReadIccid(Cell(cells, Field.Iccid), out var iccid), number, cells, Field.Iccid);
        Check(Identifiers.ReadPhone(Cell(cells, Field.Phone), out var phone, out var masked), number, cells, Field.Phone);
        var amountFault = Amounts.Read(Cell(cells, Field.Amount), layout.Template.Unit, out var amount);
        var nobody = faults == _faultCount && order.IsNone && iccid.IsNone && phone.IsNone;
        var named = faults != _faultCount || IsNumber(order) || IsNumber(iccid) || IsNumber(phone);
        if (IsNote(cells, named, nobody, amountFault)) return;
        Check(amountFault, number, cells, Field.Amount);
        if (nobody && amountFault is null && IsUnlabelledTotal(cells, amount)) return;
        if (nobody) Fault("sheets.nobody", number, -1);
        else if (side == Side.Ours && order.IsNone && faults == _faultCount) Fault("sheets.no_order", number, -1);
        Check(Dates.ReadDay(Cell(cells, Field.Activated), from1904, out var day), number, cells, Field.Activated);
        Check(Dates.ReadMonth(Cell(cells, Field.Period), from1904, out var period), number, cells, Field.Period);
        if (faults != _faultCount) return;
        var status = _statuses.Read(Cell(cells, Field.Status));
        _entries.Add(new()
        {
            Row = number,
            Order = order,
            Written = written,
            Iccid = iccid,
            Phone = phone,
            Masked = masked,
            Amount = amount,
            Day = day,
            Period = period,
            Product = _products.Read(Cell(cells, Field.Product))?.Word,
            Stage = _stages.Read(Cell(cells, Field.Stage))?.Word,
            Status = status?.Text,
            Standing = status?.Standing ?? Standing.Unknown,
        });
        (_sum, _sumSinceTotal) = (_sum + amount.Minor, _sumSinceTotal + amount.Minor);
    }

    private void Check(string? fault, int number, ReadOnlySpan<string?> cells, Field field)
    {
        if (fault is not null) Fault(fault, number, layout.ColumnOf(field), Cell(cells, field).ToString());
    }

    /// <summary>A line of text below or between the rows: it pays nothing, and what it says is no identifier.</summary>
    private bool IsNote(ReadOnlySpan<string?> cells, bool named, bool nobody, string? amountFault)
    {
        if (named) return false;
        var amount = Cell(cells, Field.Amount);
        return amount.IsWhiteSpace() || (amountFault == "sheets.not_an_amount" && (nobody || !amount.ContainsAnyInRange('0', '9')));
    }

    private void CheckTotal(int number, ReadOnlySpan<string?> cells)
    {
        if (_faultCount > 0 || IsEmpty(cells, Field.Amount)) return;
        // 合计(大写) has words where the amount stands.
        var words = Amounts.Read(Cell(cells, Field.Amount), layout.Template.Unit, out var stated) is not null;
        if (!words && stated.Minor != _sum && stated.Minor != _sumSinceTotal)
        {
            _faultCount++;
            _faults.Add(At("sheets.total_differs", number, layout.ColumnOf(Field.Amount), stated, new Money(_sum)));
        }
        _sumSinceTotal = 0;
    }

    /// <summary>The first cell begins with such a word, or some cell is nothing else.</summary>
    private static bool IsTotal(ReadOnlySpan<string?> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (string.IsNullOrWhiteSpace(cell)) continue;
            if (cell.Length <= LongestTotal && cell.AsSpan().IndexOfAny(TotalLetters) >= 0)
            {
                var label = Headers.Plain(cell);
                if (Array.IndexOf(TotalWords, label) >= 0 || Array.IndexOf(TotalNames, label) >= 0) return true;
                if (first && Array.Exists(TotalWords, w => label.StartsWith(w, StringComparison.Ordinal))) return true;
            }
            first = false;
        }
        return false;
    }

    /// <summary>Nothing but an amount, and that is the sum of the rows above.</summary>
    private bool IsUnlabelledTotal(ReadOnlySpan<string?> cells, Money amount)
    {
        var filled = 0;
        foreach (var cell in cells) filled += string.IsNullOrWhiteSpace(cell) ? 0 : 1;
        return filled == 1 && _entries.Count > 0 && amount.Minor == _sum;
    }

    private bool IsSkipped(int number, ReadOnlySpan<string?> cells)
    {
        foreach (var rule in layout.Template.Skip)
        {
            if (rule.Row == number) return true;
            if (rule.Column is null) continue;
            var column = layout.Find(rule.Column);
            if (column >= 0 && column < cells.Length && Words.Of(cells[column]) == Words.Of(rule.Value)) return true;
        }
        return false;
    }

    /// <summary>Printed sheets repeat the header on every page.</summary>
    private bool IsHeaderAgain(ReadOnlySpan<string?> cells)
    {
        var header = layout.HeaderOf(layout.ColumnOf(Field.Amount));
        return header.Length > 0 && Cell(cells, Field.Amount).Trim().SequenceEqual(header);
    }

    private static bool IsBlank(ReadOnlySpan<string?> cells)
    {
        foreach (var cell in cells)
        {
            if (!string.IsNullOrWhiteSpace(cell)) return false;
        }
        return true;
    }

    private static bool IsNumber(Code code) => !code.IsNone && code.IsPacked;

    private bool IsEmpty(ReadOnlySpan<string?> cells, Field field) => Cell(cells, field).IsWhiteSpace();

    private ReadOnlySpan<char> Cell(ReadOnlySpan<string?> cells, Field field)
    {
        var column = layout.ColumnOf(field);
        return column >= 0 && column < cells.Length ? cells[column] : default(ReadOnlySpan<char>);
    }
}
