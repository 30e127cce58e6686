using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>A file cannot be read as the bill that it should be: why.</summary>
internal sealed class BillFaultException(Refusal refusal) : Exception
{
    public Refusal Refusal => refusal;
}

/// <summary>Columns by their names, so that a channel may add some; a missing one is a fault, as is a value that is no amount.</summary>
internal sealed class BillTable(IReadOnlyList<string> header)
{
    private const int Decimals = 2;

    private readonly Dictionary<string, int> _columns =
        header.Select((name, index) => (name, index)).DistinctBy(c => c.name).ToDictionary(c => c.name, c => c.index, StringComparer.Ordinal);

    public int Width => header.Count;

    public int Place(string column) =>
        _columns.TryGetValue(column, out var place) ? place : throw new BillFaultException(new("payments.bill_column", column));

    /// <summary>A row of the file: as many values as the header has names.</summary>
    public Row RowOf(int line, IReadOnlyList<string> values) => values.Count == Width
        ? new(this, line, values)
        : throw new BillFaultException(new("payments.bill_row", line, values.Count, Width));

    internal sealed class Row(BillTable table, int line, IReadOnlyList<string> values)
    {
        public int Line => line;

        public string Text(string column) => values[table.Place(column)];

        /// <summary>Yuan: nothing is zero. Zeros below a fen are written by some files; anything else below a fen is no amount.</summary>
        public Money Amount(string column)
        {
            var text = Text(column);
            if (text.Length == 0) return Money.Zero;
            var point = text.IndexOf('.', StringComparison.Ordinal);
            var plain = point >= 0 && text.Length > point + 1 + Decimals && text[(point + 1 + Decimals)..].All(c => c == '0')
                ? text[..(point + 1 + Decimals)]
                : text;
            return Currency.Cny.TryParse(plain, out var amount) ? amount : throw new BillFaultException(new("payments.bill_amount", line, column, text));
        }

        /// <summary>A count, which some files write as an amount: 45.0.</summary>
        public long Count(string column)
        {
            var whole = Text(column).Split('.')[0];
            return Currency.Cny.TryParse(whole, out var count)
                ? count.Minor / 100
                : throw new BillFaultException(new("payments.bill_amount", line, column, whole));
        }

        public Instant At(string column) =>
            AlipayTime.Read(Text(column)) ?? throw new BillFaultException(new("payments.bill_time", line, column, Text(column)));
    }

    /// <summary>What the file says in its own totals is what its rows add up to.</summary>
    public static void Compare(string what, Money rows, Money total)
    {
        if (rows != total) throw new BillFaultException(new("payments.bill_totals", what, rows, total));
    }
}
