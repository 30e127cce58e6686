namespace HaoSuan.Orders;

/// <summary>An order's way in steps, as its consumer understands them.</summary>
internal static class Journey
{
    public static IReadOnlyList<Step> Of(OrderDetail detail)
    {
        var order = detail.Order;
        var withdrawn = detail.Facts.Where(f => f.Of is not null).Select(f => f.Of!.Value).ToHashSet();
        var facts = detail.Facts.Where(f => !withdrawn.Contains(f.Id)).ToList();
        List<Step> steps = [new("提交订单", StepState.Done, order.OrderedAt)];
        if (!order.Price.IsZero) steps.Add(At("支付", facts, order.State == OrderState.AwaitingPayment, "paid"));
        steps.Add(Review(order.State, facts));
        steps.Add(At("发货", facts, false, "shipped") is { State: StepState.Done } shipped
            ? shipped with { Text = Parcel(First(facts, "shipped")!) }
            : new("发货", Past(order.State, OrderState.Shipped)));
        var sent = facts.FindAll(f => f.Kind is CardChanges.Exchanged or CardChanges.Reshipped);
        steps.AddRange(sent.Select(f => new Step(f.Kind == CardChanges.Exchanged ? "换货，寄出新卡" : "补发新卡", StepState.Done, f.At, Parcel(f))));
        var since = sent.Count == 0 ? facts : facts.FindAll(f => f.At >= sent[^1].At && IsOf(order.Iccid, f));
        steps.Add(At("签收", since, order.State == OrderState.Shipped, "delivered"));
        steps.Add(At("激活", facts, order.State == OrderState.Delivered, "activated"));
        steps.AddRange(facts.FindAll(f => f.Kind == CardChanges.Changed).Select(f => new Step("补换卡，号码不变", StepState.Done, f.At, Parcel(f))));
        if (Ending(order.State, facts) is { } ending)
        {
            steps.RemoveAll(s => s.State is StepState.Ahead or StepState.Current);
            steps.Add(ending);
        }
        if (facts.FindAll(f => f.Kind == "refunded") is [.., var last] refunds)
            steps.Add(new("已退款", StepState.Done, last.At, YuanText.Of(refunds.Aggregate(Money.Zero, (sum, f) => sum + f.Amount))));
        return steps;
    }

    /// <summary>It does not speak of a card that the order has no more.</summary>
    private static bool IsOf(string? iccid, RecordedFact fact) =>
        iccid is null || !fact.Attributes.TryGetValue("iccid", out var told) || Identities.SameIccid(told, iccid);

    private static Step Review(OrderState state, List<RecordedFact> facts) => state switch
    {
        OrderState.AwaitingPayment => new("运营商审核", StepState.Ahead),
        OrderState.Confirmed or OrderState.Submitted =>
            new("运营商审核", StepState.Current, First(facts, "submitted")?.At, "一般 1 至 2 个工作日，请保持手机畅通"),
        OrderState.Cancelling => new("正在取消", StepState.Current, facts.FindLast(f => f.Kind == Withdrawing.Asked)?.At, "等待运营商确认，未发货才能取消"),
        OrderState.Shipped or OrderState.Delivered or OrderState.Activated or OrderState.Returned =>
            new("运营商审核", StepState.Done, First(facts, "approved")?.At),
        OrderState.Closed or OrderState.Failed => new("运营商审核", StepState.Ahead),
    };

    private static Step? Ending(OrderState state, List<RecordedFact> facts) => state switch
    {
        OrderState.Closed => new("订单已取消", StepState.Failed, First(facts, "closed")?.At, Said(facts, "closed", "reason")),
        OrderState.Failed => new("审核未通过", StepState.Failed, First(facts, "rejected")?.At, Said(facts, "rejected", "remark")),
        OrderState.Returned => new("已退回", StepState.Failed, (First(facts, "returned") ?? First(facts, "refused"))?.At),
        OrderState.AwaitingPayment or OrderState.Confirmed or OrderState.Submitted or OrderState.Cancelling or OrderState.Shipped
            or OrderState.Delivered or OrderState.Activated => null,
    };

    private static Step At(string title, List<RecordedFact> facts, bool current, string kind) => First(facts, kind) is { } fact
        ? new(title, StepState.Done, fact.At)
        : new(title, current ? StepState.Current : StepState.Ahead);

    private static StepState Past(OrderState state, OrderState step) =>
        state >= step && state <= OrderState.Activated ? StepState.Done : StepState.Ahead;

    private static string? Parcel(RecordedFact sent) =>
        $"{sent.Attributes.GetValueOrDefault("courier")} {sent.Attributes.GetValueOrDefault("tracking_no")}".Trim() is { Length: > 0 } parcel ? parcel : null;

    private static string? Said(List<RecordedFact> facts, string kind, string name) => First(facts, kind)?.Attributes.GetValueOrDefault(name);

    private static RecordedFact? First(List<RecordedFact> facts, string kind) => facts.Find(f => f.Kind == kind);
}
