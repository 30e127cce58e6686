namespace HaoSuan.Inventory;

/// <summary>Rows that come in thousands.</summary>
internal static class Bulk
{
    public static readonly BulkInsert<CardRow> Cards =
        new BulkInsert<CardRow>("card")
            .With("iccid", c => c.Iccid)
            .With("product_id", c => c.ProductId?.Value)
            .With("place", c => c.Place)
            .With("state", c => c.State.ToString())
            .With("received_at", c => c.ReceivedAt.Microseconds)
            .With("steps", c => c.Steps);

    public static readonly BulkInsert<MoveRow> Moves =
        new BulkInsert<MoveRow>("card_move")
            .With("iccid", m => m.Iccid)
            .With("step", m => m.Step)
            .With("from_state", m => m.FromState?.ToString())
            .With("to_state", m => m.ToState.ToString())
            .With("order_id", m => m.OrderId?.Value)
            .With("place", m => m.Place)
            .With("product_id", m => m.ProductId?.Value)
            .With("paper", m => m.Paper)
            .With("reason", m => m.Reason)
            .With("actor", m => m.Actor)
            .With("at", m => m.At.Microseconds);

    public static readonly BulkInsert<NumberRow> Numbers =
        new BulkInsert<NumberRow>("pool_number")
            .With("number", n => n.Number)
            .With("product_id", n => n.ProductId.Value)
            .With("supplement", n => n.Supplement)
            .With("pattern", n => n.Pattern.ToString())
            .With("import", n => n.Import);
}
