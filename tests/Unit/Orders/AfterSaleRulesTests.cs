using HaoSuan.Orders;
using HaoSuan.Settling;
using Xunit;

namespace HaoSuan.Tests.Unit.Orders;

public sealed class AfterSaleRulesTests
{
    /// <summary>docs/orders.md has the same table. What stands in none of its rows is refused, below.</summary>
    private static readonly (AfterSaleKind[] Kinds, AfterSaleState From, AfterSaleStep Step, AfterSaleState To)[] Legal =
    [
        (All, AfterSaleState.Asked, AfterSaleStep.Agree, AfterSaleState.Agreed),
        (All, AfterSaleState.Asked, AfterSaleStep.Decline, AfterSaleState.Declined),
        (All, AfterSaleState.Asked, AfterSaleStep.Withdraw, AfterSaleState.Withdrawn),
        (All, AfterSaleState.Agreed, AfterSaleStep.Withdraw, AfterSaleState.Withdrawn),
        ([AfterSaleKind.Return], AfterSaleState.Agreed, AfterSaleStep.Receive, AfterSaleState.Back),
        ([AfterSaleKind.Return], AfterSaleState.Agreed, AfterSaleStep.GiveUp, AfterSaleState.Back),
        ([AfterSaleKind.Return], AfterSaleState.Back, AfterSaleStep.Refund, AfterSaleState.Done),
        ([AfterSaleKind.Exchange], AfterSaleState.Agreed, AfterSaleStep.Send, AfterSaleState.Sent),
        ([AfterSaleKind.Exchange], AfterSaleState.Sent, AfterSaleStep.SendBack, AfterSaleState.Sent),
        ([AfterSaleKind.Exchange], AfterSaleState.Sent, AfterSaleStep.Receive, AfterSaleState.Done),
        ([AfterSaleKind.Exchange], AfterSaleState.Sent, AfterSaleStep.GiveUp, AfterSaleState.Done),
        ([AfterSaleKind.Replacement, AfterSaleKind.Reship], AfterSaleState.Agreed, AfterSaleStep.Send, AfterSaleState.Done),
    ];

    private static AfterSaleKind[] All => Enum.GetValues<AfterSaleKind>();

    /// <summary>One that may be given up, where the kind has one.</summary>
    private static AfterSaleReason ReasonOf(AfterSaleKind kind) => AfterSaleRules.ReasonsOf(kind)[^1];

    private static string? Refused(AfterSaleKind kind, AfterSaleReason reason, AfterSaleState from, AfterSaleStep step) =>
        AfterSaleRules.After(kind, reason, from, step) is { IsRefused: true } refused ? refused.Refusals[0].Code : null;

    [Fact]
    public void Every_step_of_the_table_leads_where_it_says_and_every_other_one_is_refused()
    {
        var reached = All.SelectMany(kind => Legal.Where(l => l.Kinds.Contains(kind)).SelectMany(l => new[] { (kind, l.From), (kind, l.To) })).Distinct();
        foreach (var (kind, from, step) in reached.SelectMany(r => Enum.GetValues<AfterSaleStep>().Select(step => (r.Item1, r.Item2, step))))
        {
            var to = Legal.Where(l => l.Kinds.Contains(kind) && l.From == from && l.Step == step).Select(l => (AfterSaleState?)l.To).SingleOrDefault();
            var after = AfterSaleRules.After(kind, ReasonOf(kind), from, step);

            Assert.Equal((kind, from, step, to), (kind, from, step, after.IsRefused ? null : after.Value));
        }
    }

    [Theory]
    [InlineData("Return Unwanted Done Refund", "ended")]
    [InlineData("Return Unwanted Declined Agree", "ended")]
    [InlineData("Exchange Wrong Withdrawn Send", "ended")]
    [InlineData("Return Unwanted Agreed Ask", "open")]
    [InlineData("Return Unwanted Agreed Agree", "agreed_already")]
    [InlineData("Exchange Wrong Sent Decline", "agreed_already")]
    [InlineData("Return Unwanted Asked Receive", "not_agreed")]
    [InlineData("Reship Refused Asked Send", "not_agreed")]
    [InlineData("Return Unwanted Asked Refund", "not_agreed")]
    [InlineData("Exchange Wrong Sent Withdraw", "card_sent")]
    [InlineData("Return Unwanted Back Withdraw", "card_back")]
    [InlineData("Return Unwanted Agreed Send", "sends_nothing")]
    [InlineData("Exchange Wrong Sent Send", "sent_already")]
    [InlineData("Replacement CardLost Agreed Receive", "nothing_back")]
    [InlineData("Reship ParcelLost Agreed GiveUp", "nothing_back")]
    [InlineData("Return Unwanted Back Receive", "back_already")]
    [InlineData("Return Unwanted Asked SendBack", "not_agreed")]
    [InlineData("Return Unwanted Back SendBack", "nothing_to_send")]
    [InlineData("Return Refused Agreed SendBack", "nothing_to_send")]
    [InlineData("Replacement CardLost Agreed SendBack", "nothing_to_send")]
    [InlineData("Exchange Wrong Agreed Receive", "not_sent")]
    [InlineData("Return Unwanted Agreed GiveUp", "not_lost")]
    [InlineData("Exchange Wrong Sent Refund", "no_refund")]
    [InlineData("Return Unwanted Agreed Refund", "not_back")]
    public void An_illegal_step_is_refused_by_name(string step, string code)
    {
        var words = step.Split(' ');

        Assert.Equal($"orders.after_sale_{code}", Refused(
            Enum.Parse<AfterSaleKind>(words[0]), Enum.Parse<AfterSaleReason>(words[1]), Enum.Parse<AfterSaleState>(words[2]),
            Enum.Parse<AfterSaleStep>(words[3])));
    }

    [Theory]
    [InlineData("Return Unwanted", "Shipped", null)]
    [InlineData("Return Unwanted", "Delivered", null)]
    [InlineData("Return Refused", "Returned", null)]
    [InlineData("Return ParcelLost", "Shipped", null)]
    [InlineData("Return Defective", "Activated Cancelled", null)]
    [InlineData("Exchange Defective", "Delivered", null)]
    [InlineData("Replacement CardLost", "Activated InService", null)]
    [InlineData("Replacement CardBroken", "Activated Suspended", null)]
    [InlineData("Reship Refused", "Returned", null)]
    [InlineData("Reship ParcelLost", "Shipped", null)]
    [InlineData("Return CardLost", "Delivered", "reason")]
    [InlineData("Reship Unwanted", "Shipped", "reason")]
    [InlineData("Return Unwanted", "AwaitingPayment", "not_shipped")]
    [InlineData("Return Unwanted", "Cancelling", "not_shipped")]
    [InlineData("Return Unwanted", "Closed", "order_ended")]
    [InlineData("Exchange Wrong", "Failed", "order_ended")]
    [InlineData("Return Unwanted", "Returned given-back", "given_back")]
    [InlineData("Reship Refused", "Returned given-back", "given_back")]
    [InlineData("Reship Refused", "Activated InService", "parcel_arrived")]
    [InlineData("Reship Refused", "Returned Cancelled", "parcel_arrived")]
    [InlineData("Reship ParcelLost", "Delivered", "parcel_arrived")]
    [InlineData("Return Unwanted", "Activated InService", "in_service")]
    [InlineData("Return Defective", "Activated Suspended", "in_service")]
    [InlineData("Exchange Defective", "Activated InService", "activated")]
    [InlineData("Exchange Defective", "Returned", "returned")]
    [InlineData("Return Unwanted", "Returned InService", "in_service")]
    [InlineData("Exchange Defective", "Delivered refunded", "refunded_already")]
    [InlineData("Reship ParcelLost", "Shipped refunded", "refunded_already")]
    [InlineData("Return Unwanted", "Delivered refunded", null)]
    [InlineData("Replacement CardLost", "Activated InService refunded", null)]
    [InlineData("Replacement CardLost", "Delivered", "not_in_service")]
    [InlineData("Replacement CardLost", "Activated Cancelled", "number_gone")]
    public void An_order_has_the_after_sales_that_fit_where_it_is(string sale, string order, string? code)
    {
        var (kind, reason) = (Enum.Parse<AfterSaleKind>(sale.Split(' ')[0]), Enum.Parse<AfterSaleReason>(sale.Split(' ')[1]));
        var words = order.Split(' ');
        var network = words.Length > 1 && Enum.TryParse<NetworkState>(words[1], out var known) ? known : NetworkState.None;

        var standing = new OrderStanding(Enum.Parse<OrderState>(words[0]), network, words.Contains("given-back"), words.Contains("refunded"));

        var fault = AfterSaleRules.Fault(kind, reason, standing);

        Assert.Equal(code is null ? null : $"orders.after_sale_{code}", fault?.Code);
    }

    [Theory]
    [InlineData("Return Unwanted Receive", OrderState.Activated, NetworkState.InService, "in_service")]
    [InlineData("Return Unwanted Receive", OrderState.Activated, NetworkState.Suspended, "in_service")]
    [InlineData("Return Unwanted Refund", OrderState.Returned, NetworkState.InService, "in_service")]
    [InlineData("Return ParcelLost GiveUp", OrderState.Delivered, NetworkState.None, "parcel_arrived")]
    [InlineData("Return ParcelLost GiveUp", OrderState.Activated, NetworkState.InService, "parcel_arrived")]
    [InlineData("Exchange Wrong Send", OrderState.Activated, NetworkState.InService, "activated")]
    [InlineData("Return Unwanted Receive", OrderState.Activated, NetworkState.Cancelled, null)]
    [InlineData("Return Unwanted Refund", OrderState.Returned, NetworkState.Cancelled, null)]
    [InlineData("Return Unwanted Withdraw", OrderState.Activated, NetworkState.InService, null)]
    [InlineData("Return ParcelLost GiveUp", OrderState.Shipped, NetworkState.None, null)]
    [InlineData("Exchange Wrong Receive", OrderState.Activated, NetworkState.InService, null)]
    public void A_step_fits_where_the_order_has_gone_meanwhile(string step, OrderState state, NetworkState network, string? code)
    {
        var words = step.Split(' ');

        var fault = AfterSaleRules.Fault(
            Enum.Parse<AfterSaleKind>(words[0]), Enum.Parse<AfterSaleReason>(words[1]), Enum.Parse<AfterSaleStep>(words[2]), new(state, network, false));

        Assert.Equal(code is null ? null : $"orders.after_sale_{code}", fault?.Code);
    }

    [Theory]
    [InlineData("shipped=A card_changed=B:A activated=B", "B", false)]
    [InlineData("shipped=A activated=A card_changed=B:A activated=A", "B", false)]
    [InlineData("shipped=A exchanged=B:A delivered=A", "B", false)]
    [InlineData("shipped=A activated=B card_changed=B:A", "B", false)]
    [InlineData("shipped=A exchanged=B:A activated=C", "C", true)]
    [InlineData("shipped=A exchanged=B:A activated=A", "B", true)]
    [InlineData("shipped=A exchanged=B:A reshipped=C:B activated=A", "C", true)]
    [InlineData("shipped=A activated=A exchanged=B:A", "B", true)]
    [InlineData("shipped=A reshipped=A activated=A", "A", false)]
    [InlineData("shipped=A activated=B", "B", true)]
    public void A_card_that_was_exchanged_is_no_difference_unless_it_goes_into_service_and_any_other_one_is(string told, string card, bool differs)
    {
        var progress = Progress.Of(isFree: true, null, History.Of(Start, told.Split(' ').Select(Named)).Value);

        Assert.Equal((Iccid(card), differs), (progress.Iccid, progress.Differs));
    }

    [Theory]
    [InlineData("shipped=A exchanged=B:A", "returned=A", true)]
    [InlineData("shipped=A reshipped=B:A", "lost=A", true)]
    [InlineData("shipped=A activated=A card_changed=B:A", "returned=A", true)]
    [InlineData("shipped=A exchanged=B:A reshipped=C:B", "refused=A", true)]
    [InlineData("shipped=A exchanged=B:A", "returned=B", false)]
    [InlineData("shipped=A exchanged=B:A", "returned=C", false)]
    [InlineData("shipped=A reshipped=A", "returned=A", false)]
    [InlineData("shipped=A", "returned=B", false)]
    public void What_is_told_of_a_parcel_is_late_where_it_names_a_card_of_before(string known, string told, bool isLate)
    {
        Fact[] facts = [.. $"{known} {told}".Split(' ').Select(Named)];

        Assert.Equal(isLate, CardChanges.IsOfFormerParcel(facts[^1], facts));
    }

    [Fact]
    public void What_happened_before_another_card_was_sent_is_late_and_so_is_the_parcel_of_before()
    {
        Fact[] facts = [Parcel("shipped", 1, "SF1"), Parcel("reshipped", 3, "SF2"), Parcel("refused", 2, null), Parcel("refused", 4, null),
            Parcel("returned", 4, "SF1"), Parcel("returned", 4, "SF2"), Parcel("returned", 4, "SF3")];

        Assert.Equal([true, false, true, false, false], facts[2..].Select(f => CardChanges.IsOfFormerParcel(f, facts[..2])));

        static Fact Parcel(string kind, int minute, string? no) => new($"{kind}{minute}{no}", kind, Start + TimeSpan.FromMinutes(minute))
        {
            Attributes = no is null ? [] : [new("tracking_no", Scalar.Of(no))],
        };
    }

    [Theory]
    [InlineData("shipped delivered exchanged", OrderState.Shipped)]
    [InlineData("shipped delivered exchanged delivered", OrderState.Delivered)]
    [InlineData("shipped reshipped", OrderState.Shipped)]
    [InlineData("shipped activated card_changed", OrderState.Activated)]
    [InlineData("shipped refused", OrderState.Returned)]
    [InlineData("shipped lost", OrderState.Shipped)]
    public void Another_card_that_is_sent_is_on_its_way(string facts, OrderState state) => Assert.Equal(
        state, Progress.Of(isFree: true, null, History.Of(Start, facts.Split(' ').Select(
            (kind, i) => new Fact($"f{i}", kind, Start + TimeSpan.FromMinutes(i + 1)))).Value).State);

    private static readonly Instant Start = Instant.From(new(2026, 3, 1, 10, 0, 0, TimeSpan.FromHours(8)));

    /// <summary>"exchanged=B:A" happened with the cards B, for A; each a minute after the one before.</summary>
    private static Fact Named(string word, int i)
    {
        var (kind, cards) = (word.Split('=')[0], word.Split('=')[1].Split(':'));
        return new Fact($"f{i}", kind, Start + TimeSpan.FromMinutes(i + 1))
        {
            Attributes = [.. cards.Select((c, n) => new HaoSuan.Settling.Attribute(n == 0 ? "iccid" : "old_iccid", Scalar.Of(Iccid(c))))],
        };
    }

    private static string Iccid(string letter) => $"8986010000000000000{letter[0] - 'A'}";
}
