namespace HaoSuan.Settling.Reconciling;

/// <summary>One movement of a bank account, as the bank's file tells it.</summary>
/// <param name="Row">Of the file, from 1.</param>
/// <param name="Amount">What came in; what went out is negative.</param>
/// <param name="Serial">The bank's own number for it.</param>
/// <param name="Counterparty">Who is on the other side. It may be a person.</param>
public sealed record BankMovement(int Row, DateOnly Day, Money Amount, Money? Balance, string Serial, string Counterparty, string Remark);

/// <summary>
/// A bank's account statement (银行流水). Two forms are usual: one column for what came in and another for what went out, or one amount
/// beside a column that says which way. Columns are known by their names.
/// </summary>
public sealed record BankStatement(IReadOnlyList<BankMovement> Movements)
{
    private const int MostRowsAboveHeader = 30;
    private const int MostFaults = 100;

    private static readonly Dictionary<Column, string[]> Names = new()
    {
        [Column.Day] = ["交易日期", "记账日期", "入账日期", "日期", "交易时间", "记账时间"],
        [Column.In] = ["收入", "收入金额", "贷方发生额", "贷方金额", "贷方", "存入金额"],
        [Column.Out] = ["支出", "支出金额", "借方发生额", "借方金额", "借方", "支取金额"],
        [Column.Amount] = ["交易金额", "发生额", "金额"],
        [Column.Direction] = ["借贷标志", "收支标志", "收支", "收/支", "借贷", "借贷方向"],
        [Column.Balance] = ["余额", "账户余额", "本次余额"],
        [Column.Serial] = ["交易流水号", "流水号", "流水", "交易编号", "核心流水号", "凭证号"],
        [Column.Counterparty] = ["对方户名", "对方名称", "对方单位名称", "对方账户名称", "收(付)方名称"],
        [Column.Remark] = ["摘要", "用途", "附言", "备注", "交易摘要", "交易附言"],
    };

    private enum Column { Day, In, Out, Amount, Direction, Balance, Serial, Counterparty, Remark }

    /// <summary>
    /// Reads the file's rows. It is refused with row and column where a row cannot be read, or where the balances do not follow from the amounts.
    /// </summary>
    /// <param name="rows">Each with its number in the file.</param>
    public static Result<BankStatement> Read(IReadOnlyList<(int Number, IReadOnlyList<string> Cells)> rows)
    {
        var above = 0;
        Dictionary<Column, int>? columns = null;
        while (above < Math.Min(rows.Count, MostRowsAboveHeader) && (columns = ColumnsOf(rows[above].Cells)) is null) above++;
        if (columns is null) return new Refusal("sheets.bank_no_header");
        List<BankMovement> movements = [];
        List<Refusal> faults = [];
        foreach (var (number, cells) in rows.Skip(above + 1))
        {
            if (cells.All(c => Text(c).Length == 0)) continue;
            if (IsTotal(cells)) break;
            if (Movement(number, cells, columns).TryGet(out var movement, out var refusals)) movements.Add(movement);
            else faults.AddRange(refusals);
            if (faults.Count >= MostFaults) break;
        }
        if (faults.Count > 0) return faults;
        if (movements.Count == 0) return new Refusal("sheets.bank_empty");
        return BrokenAt(movements) is { } broken ? new Refusal("sheets.bank_balance", broken) : new BankStatement(movements);
    }

    private static Dictionary<Column, int>? ColumnsOf(IReadOnlyList<string> cells)
    {
        Dictionary<Column, int> found = [];
        foreach (var (index, cell) in cells.Index())
        {
            var name = Text(cell).Replace("(元)", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
            foreach (var (column, names) in Names)
            {
                if (names.Contains(name, StringComparer.Ordinal)) found.TryAdd(column, index);
            }
        }
        var says = found.ContainsKey(Column.In) && found.ContainsKey(Column.Out) || found.ContainsKey(Column.Amount) && found.ContainsKey(Column.Direction);
        return says && found.ContainsKey(Column.Day) && found.ContainsKey(Column.Serial) ? found : null;
    }

    private static Result<BankMovement> Movement(int row, IReadOnlyList<string> cells, Dictionary<Column, int> columns)
    {
        if (Dates.ReadDay(Cell(Column.Day), from1904: false, out var day) is { } dateFault) return Fault(dateFault, Column.Day);
        if (day == 0) return Fault("sheets.not_a_date", Column.Day);
        if (!AmountOf().TryGet(out var amount, out var refusals)) return refusals.ToList();
        if (amount.IsZero) return Fault("sheets.not_an_amount", columns.ContainsKey(Column.In) ? Column.In : Column.Amount);
        if (Amounts.Read(Cell(Column.Balance), AmountUnit.Yuan, out var balance) is { } balanceFault) return Fault(balanceFault, Column.Balance);
        var serial = Text(Cell(Column.Serial));
        if (serial.Length == 0) return Fault("sheets.bank_no_serial", Column.Serial);
        if (Identifiers.IsScientific(serial)) return Fault("sheets.scientific", Column.Serial);
        Money? left = Text(Cell(Column.Balance)).Length == 0 ? null : balance;
        return new BankMovement(row, DateOnly.FromDayNumber(day), amount, left, serial, Text(Cell(Column.Counterparty)), Text(Cell(Column.Remark)));

        Result<Money> AmountOf()
        {
            if (!columns.ContainsKey(Column.In) || !columns.ContainsKey(Column.Out)) return Directed();
            if (Amounts.Read(Cell(Column.In), AmountUnit.Yuan, out var moneyIn) is { } fault) return Fault(fault, Column.In);
            if (Amounts.Read(Cell(Column.Out), AmountUnit.Yuan, out var moneyOut) is { } other) return Fault(other, Column.Out);
            return moneyIn - moneyOut;
        }

        Result<Money> Directed()
        {
            if (Amounts.Read(Cell(Column.Amount), AmountUnit.Yuan, out var size) is { } fault) return Fault(fault, Column.Amount);
            return Text(Cell(Column.Direction)) switch
            {
                "贷" or "收" or "收入" or "C" or "CR" => size,
                "借" or "支" or "支出" or "D" or "DR" => -size,
                _ => Fault("sheets.bank_direction", Column.Direction),
            };
        }

        string Cell(Column column) => columns.TryGetValue(column, out var index) && index < cells.Count ? cells[index] : "";

        Refusal Fault(string code, Column column) => new(code, row, ColumnLetters.Of(columns[column]), Names[column][0], Cell(column));
    }

    private static bool IsTotal(IReadOnlyList<string> cells) =>
        cells.Any(c => Text(c) is var text && (text.StartsWith("合计", StringComparison.Ordinal) || text.StartsWith("总计", StringComparison.Ordinal)));

    /// <summary>The row whose balance does not follow; null where all do, the oldest first or last, or where there are none.</summary>
    private static int? BrokenAt(List<BankMovement> movements)
    {
        if (movements.Exists(m => m.Balance is null)) return null;
        int? up = null, down = null;
        foreach (var (before, after) in movements.Zip(movements.Skip(1)))
        {
            if (after.Balance != before.Balance!.Value + after.Amount) up ??= after.Row;
            if (before.Balance != after.Balance!.Value + before.Amount) down ??= before.Row;
        }
        return up is null || down is null ? null : Math.Max(up.Value, down.Value);
    }

    private static string Text(string cell)
    {
        var text = Folding.Fold(cell, stackalloc char[Folding.Usual]);
        return Folding.IsNothing(text) ? "" : text.ToString();
    }
}
