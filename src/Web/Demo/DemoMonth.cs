using HaoSuan.Settlements;

namespace HaoSuan.Web.Demo;

/// <summary>
/// Fills an operator's books with forty days, through the use cases and the wires that serve an operator of flesh and blood:
/// founding, orders, settlement every night, payouts every week, appeals, the upstreams' sheets every month.
/// </summary>
internal sealed class DemoMonth(Scene scene, Shopfront shopfront)
{
    public static readonly TimeSpan Length = TimeSpan.FromDays(40);

    private static readonly string[] Jobs =
    [
        "ask-payment-channels", "close-unpaid-orders", "ask-transfers", "check-channel-days", "bill-leases", "lapse-lease-offers",
        "compare",
    ];

    /// <param name="leaveSheets">The sheets of the month that goes on lie on the desk in the end.</param>
    public async Task Play(int orders, Instant end, bool leaveSheets = true)
    {
        var start = scene.Now;
        var network = new Network(scene);
        var (offers, sellers) = await network.Found(orders);
        AddConsumers(orders, offers, sellers, start + TimeSpan.FromHours(12), end);
        new AppealDesk(scene, sellers).Plan(end);
        await new LeaseDesk(scene, shopfront, sellers).Plan(end);
        scene.Agenda.Add(end - TimeSpan.FromDays(10), () => network.AddUsers(sellers));
        var treasury = new Treasury(scene, sellers);
        await treasury.SetPolicies();
        for (var date = scene.Zone.DateOf(start).AddDays(1); scene.Zone.StartOf(date) < end; date = date.AddDays(1))
            AddDay(date, end, treasury);
        scene.Agenda.Add(end - TimeSpan.FromDays(3), SellElsewhere);
        await scene.PlayUntil(end - TimeSpan.FromMinutes(10));
        await Poll();
        await Settle();
        await scene.Job("watch-orders");
        await scene.Job("compare");
        await new ExceptionDesk(scene).Work();
        await new ReturnDesk(scene).Work();
        await new InvoiceDesk(scene).Work();
        if (leaveSheets) await new SheetDesk(scene).Leave(Month.Of(scene.Zone.DateOf(end)));
        await treasury.Ask(isLast: true);
        await network.Rearrange(sellers);
        await network.InviteNewcomers(sellers);
        await new PromotionDesk(scene).Fill(offers, sellers);
        await scene.SettleDown();
        await network.AddLastUser();
    }

    private void AddConsumers(int orders, IReadOnlyList<Listed> offers, IReadOnlyList<Seller> sellers, Instant from, Instant until)
    {
        var crowd = new Crowd(scene.Dice);
        var days = (int)(until - from).TotalDays;
        for (var i = 0; i < orders; i++)
        {
            // Most come in the first month, so that their cards have time to be activated.
            var day = scene.Dice.Chance(88) ? scene.Dice.Below(days * 8 / 10) : scene.Dice.Below(days);
            var morning = scene.Zone.StartOf(scene.Zone.DateOf(from).AddDays(day));
            var consumer = new Consumer(scene, crowd, shopfront, scene.Dice.Of(offers, o => o.Offer.Weight), scene.Dice.Of(sellers, s => s.Weight));
            scene.Agenda.Add(Instant.Max(from, morning + scene.Dice.Hours(8, 23)), consumer.Order);
        }
    }

    private void AddDay(DateOnly date, Instant end, Treasury treasury)
    {
        var midnight = scene.Zone.StartOf(date);
        scene.Agenda.Add(midnight + TimeSpan.FromHours(3), Settle);
        scene.Agenda.Add(midnight + TimeSpan.FromHours(5), () => scene.Job("watch-orders"));
        foreach (var hour in new[] { 11, 17, 23 }) scene.Agenda.Add(midnight + TimeSpan.FromHours(hour), DoJobs);
        if (date.DayNumber % 13 == 0) scene.Agenda.Add(midnight + TimeSpan.FromHours(22), Poll);
        if (date.Day == 5 && midnight + TimeSpan.FromDays(1) < end)
            scene.Agenda.Add(midnight + TimeSpan.FromHours(10), () => new SheetDesk(scene).Close(Month.Of(date) + -1));
        if (date.DayOfWeek == DayOfWeek.Wednesday && midnight + TimeSpan.FromDays(2) < end)
            scene.Agenda.Add(midnight + TimeSpan.FromHours(14), () => treasury.Ask(isLast: false));
    }

    /// <summary>A till of somebody else uses the same merchant: the channel's bill has what we know nothing of.</summary>
    private Task SellElsewhere()
    {
        scene.Sandbox.SellElsewhere("POS" + scene.Dice.Digits(12), new(39_00));
        return Task.CompletedTask;
    }

    private async Task DoJobs()
    {
        await scene.SettleDown();
        foreach (var job in Jobs) await scene.Job(job);
    }

    /// <summary>Asks the upstreams about every order, as far as their allowance of queries goes.</summary>
    private async Task Poll()
    {
        await scene.SettleDown();
        await scene.Job("poll-upstreams");
        await scene.SettleDown();
    }

    private async Task Settle()
    {
        await scene.SettleDown();
        await scene.Call<RunSettlement, RunReport>(r => r.RunAsync(scene.Now));
    }
}
