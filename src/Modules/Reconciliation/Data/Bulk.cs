namespace HaoSuan.Reconciliation;

/// <summary>The rows that opening a sheet writes, in bulk.</summary>
internal static class Bulk
{
    public static readonly BulkInsert<RawRow> Rows =
        new BulkInsert<RawRow>("recon_row")
            .With("sheet_id", r => r.SheetId.Value)
            .With("number", r => r.Number)
            .With("cells", r => r.Cells);

    public static readonly BulkInsert<DifferenceRow> Differences =
        new BulkInsert<DifferenceRow>("recon_difference")
            .With("sheet_id", d => d.SheetId.Value)
            .With("number", d => d.Number)
            .With("class", d => d.Class.ToString())
            .With("order_id", d => d.OrderId?.Value)
            .With("order_no", d => d.OrderNo)
            .With("stage", d => d.Stage)
            .With("instance", d => d.Instance)
            .With("row_number", d => d.RowNumber)
            .With("reference", d => d.Reference)
            .With("expected", d => d.Expected.Minor)
            .With("sheet", d => d.Sheet.Minor)
            .With("effect", d => d.Effect.Minor)
            .With("sheet_status", d => d.SheetStatus)
            .With("period", d => d.Period?.Number)
            .With("earned_on", d => d.EarnedOn)
            .With("status", d => d.Status.ToString())
            .With("owner", d => d.Owner)
            .With("due", d => d.Due)
            .With("decisions", d => d.Decisions);
}
