using HaoSuan.Identity;
using HaoSuan.Orders;
using HaoSuan.Outlook;
using HaoSuan.Settling.Outlook;
using HaoSuan.Web.Demo;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Browser;

/// <summary>A distributor's phone says that something is about to be missed, and leads to the order.</summary>
public sealed class InboxJourney(Chrome chrome, Installation installation)
{
    [Fact]
    public async Task A_distributor_sees_the_warning_at_the_bell_opens_the_order_and_has_read_it()
    {
        var order = (await installation.With<OrderList, IReadOnlyList<OrderSummary>>(o => o.AllAsync(new(), 0, 1)))[0];
        await installation.With<Users, Result<UserId>>(u =>
            u.CreateAsync("watchful", SignIns.Password, Role.Distributor, order.Seller));
        await Raise(order);

        await using var phone = await chrome.OpenAsync(Size.Phone, installation.Address);
        await phone.SignIn("watchful");
        await phone.Sees(phone.Page.Locator(".staff-top .bell-count"));
        await phone.Follow("消息");
        await phone.Arrive(new("/inbox$"));
        var line = phone.Page.Locator(".inbox li", new() { HasText = order.OrderNo });
        await Assertions.Expect(line).ToHaveClassAsync("unread");
        await line.Locator("a").ClickAsync();
        await phone.Arrive(new($"/agent/orders/{order.Id.Value}/why$"));
        await phone.Sees(order.OrderNo);

        await phone.Open("/inbox");
        await Assertions.Expect(line).Not.ToHaveClassAsync("unread");
        await Assertions.Expect(phone.Page.Locator(".bell-count")).ToHaveCountAsync(0);

        await using var desk = await chrome.OpenAsync(Size.Desk, installation.Address);
        await desk.SignIn("watchful");
        await desk.Follow("消息");
        await desk.Arrive(new("/inbox$"));
        await desk.Sees(desk.Page.Locator(".inbox").GetByText(order.OrderNo));
    }

    /// <summary>As the watch does when a deadline of the order comes near. Whether the demonstration has one depends on the time of day.</summary>
    private async Task Raise(OrderSummary order)
    {
        await installation.With<IServiceProvider, Done>(async services =>
        {
            var deadline = services.GetRequiredService<TimeProvider>().Now + TimeSpan.FromDays(7);
            await services.GetRequiredService<Db>().InTransaction(() =>
            {
                services.GetRequiredService<Outbox>().Publish(
                    new WarningRaised(order.Id, order.OrderNo, order.Seller, DeadlineKind.Happen, "首充", deadline, new(30_00)));
                return Task.CompletedTask;
            });
            return default;
        });
        await installation.SettleDown();
    }
}
