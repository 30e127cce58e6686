using System.Text;
using CsCheck;
using HaoSuan.Cli;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;
using HaoSuan.Tests.Support;
using Xunit;

namespace HaoSuan.Tests.Unit.Reconciling;

public sealed class ReconciliationProperties
{
    // Few values, so that rows meet lines in every way: twice, by another key, in another period, with another amount.
    private static readonly Gen<Entry> Entries =
        from order in OneOf("A1", "A2", "A3", "")
        from iccid in OneOf("8986001", "8986002", "")
        from phone in OneOf("18612345678", "18600005678", "186****5678", "18*****5678", "")
        from product in OneOf("X", "Y", null)
        from day in Gen.Int[0, 12]
        from fen in Gen.Int[-2, 3]
        from status in OneOf("停机", "在网", null)
        from period in Gen.Int[0, 3]
        from stage in OneOf("S", "T", null)
        select Entry.Expect(order ?? "", new(fen), iccid, phone, product, day == 0 ? null : new(2026, 3, day), status,
            period == 0 ? null : new Month(2026, period), stage);

    private static readonly Gen<(Entry[] Lines, Entry[] Rows)> Pairs =
        Gen.Select(Entries.Where(line => !line.Order.IsNone).Array[0, 8], Entries.Array[0, 10]);

    [Fact]
    public void It_ties_out_and_accounts_for_every_line_and_row_once() => Pairs.Sample(pair =>
    {
        var found = Matching.Run(pair.Lines, pair.Rows);
        var taken = found.Findings.Where(f => f.Difference is Difference.Matched or Difference.AmountDiffers or Difference.StatusDiffers
            or Difference.MissingInSheet).Select(f => f.Line);
        var effects = found.Findings.Sum(f => f.Effect.Minor);
        return pair.Rows.Sum(r => r.Amount.Minor) == pair.Lines.Sum(l => l.Amount.Minor) + effects
            && taken.Order().SequenceEqual(Enumerable.Range(0, pair.Lines.Length))
            && found.Findings.Where(f => f.Row >= 0).Select(f => f.Row).Order().SequenceEqual(Enumerable.Range(0, pair.Rows.Length));
    }, iter: 20_000);

    [Fact]
    public void It_does_not_depend_on_the_order_of_rows_or_lines() =>
        Gen.Select(Pairs, Gen.Int, Gen.Int).Sample((pair, a, b) =>
            ReconciliationJson.Of(Matching.Run(pair.Lines, pair.Rows))
            == ReconciliationJson.Of(Matching.Run(Shuffled(pair.Lines, a), Shuffled(pair.Rows, b))), iter: 20_000);

    [Fact]
    public void Matched_lines_and_rows_have_equal_amounts() => Pairs.Sample(pair =>
    {
        var found = Matching.Run(pair.Lines, pair.Rows);
        return found.Of(Difference.Matched).All(f => found.Lines[f.Line].Amount == found.Rows[f.Row].Amount && f.Effect.IsZero);
    }, iter: 10_000);

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes => Sheet.Read(bytes) is { IsRefused: true } or { Value: not null }, iter: 20_000);

    [Fact]
    public void Random_cells_never_throw()
    {
        var cell = Gen.OneOf(Gen.String[Gen.Char["0123456789.,-+Ee*￥元()年月日/: \t\"`'合计AX　１\u0000"], 0, 12], Gen.String[0, 5]);
        var row = cell.Array[0, 6].Select(cells => string.Join(',', cells));
        row.Array[0, 6].Sample(rows =>
        {
            var csv = "订单号,手机号,ICCID,佣金,激活时间,结算月份\n" + string.Join('\n', rows);
            var read = Sheet.Read(Encoding.UTF8.GetBytes(csv));
            return read.IsRefused || read.Value.Entries.Sum(e => e.Amount.Minor) is var _;
        }, iter: 20_000);
    }

    [Theory]
    [InlineData("upstream-B.sheet.csv")]
    [InlineData("upstream-C.sheet.csv")]
    public void Damaged_csv_never_throws(string name) => Damaged(File.ReadAllBytes(Data(name)).AsSpan(0, 3_000).ToArray(), 10_000);

    [Fact]
    public void Damaged_workbooks_never_throw()
    {
        using MemoryStream small = new();
        DifferenceWorkbook.Write(small, Matching.Run([Entry.Expect("A1", new(100))], [Entry.Expect("A1", new(90))]));

        Damaged(small.ToArray(), 10_000);
    }

    [Fact]
    public void Damaged_parts_of_a_workbook_never_throw() =>
        Gen.Select(Gen.Int[0, Workbooks.Parts.Count - 1], Mutations).Sample((part, mutations) =>
        {
            var read = Sheet.Read(Workbooks.With(part, Mutated(Workbooks.Parts[part].Content, mutations)));
            return read.IsRefused || read.Value.Entries.Count >= 0;
        }, iter: 10_000);

    private static readonly Gen<(int At, byte Value, int Kind)[]> Mutations =
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 2]).Array[1, 8];

    private static void Damaged(byte[] valid, long cases) => Mutations.Sample(mutations =>
    {
        var read = Sheet.Read(Mutated(valid, mutations));
        return read.IsRefused || read.Value.Entries.Count >= 0;
    }, iter: cases);

    private static byte[] Mutated(byte[] valid, (int At, byte Value, int Kind)[] mutations)
    {
        List<byte> bytes = [.. valid];
        foreach (var (at, value, kind) in mutations)
        {
            var position = at % bytes.Count;
            if (kind == 0) bytes[position] = value;
            else if (kind == 1) bytes.Insert(position, value);
            else bytes.RemoveRange(position, Math.Min(value % 16, bytes.Count - position - 1));
        }
        return [.. bytes];
    }

    private static Gen<string?> OneOf(params string?[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Entry[] Shuffled(Entry[] entries, int seed) =>
        [.. entries.Select((entry, i) => (Entry: entry, Key: HashCode.Combine(i, seed))).OrderBy(e => e.Key).Select(e => e.Entry)];

    private static string Data(string name) => Path.Combine(Repository.Root, "tests/Unit/data", name);
}
