using HaoSuan.Identity;
using HaoSuan.Outlook;
using HaoSuan.Web.Demo;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Browser;

/// <summary>A distributor's phone says that something is about to be missed, and leads to the order.</summary>
public sealed class InboxJourney(Chrome chrome, Installation installation)
{
    [Fact]
    public async Task A_distributor_sees_the_warning_at_the_bell_opens_the_order_and_has_read_it()
    {
        var warning = (await installation.With<Warnings, IReadOnlyList<Warning>>(w => w.OpenAsync(null, true, 0, 1)))[0];
        await installation.With<Users, Result<UserId>>(u =>
            u.CreateAsync("watchful", SignIns.Password, Role.Distributor, warning.DistributorId));
        await RaiseAgain(warning);

        await using var phone = await chrome.OpenAsync(Size.Phone, installation.Address);
        await phone.SignIn("watchful");
        await phone.Sees(phone.Page.Locator(".staff-top .bell-count"));
        await phone.Follow("消息");
        await phone.Arrive(new("/inbox$"));
        var line = phone.Page.Locator(".inbox li", new() { HasText = warning.OrderNo });
        await Assertions.Expect(line).ToHaveClassAsync("unread");
        await line.Locator("a").ClickAsync();
        await phone.Arrive(new($"/agent/orders/{warning.OrderId.Value}/why$"));
        await phone.Sees(warning.OrderNo);

        await phone.Open("/inbox");
        await Assertions.Expect(line).Not.ToHaveClassAsync("unread");
        await Assertions.Expect(phone.Page.Locator(".bell-count")).ToHaveCountAsync(0);

        await using var desk = await chrome.OpenAsync(Size.Desk, installation.Address);
        await desk.SignIn("watchful");
        await desk.Follow("消息");
        await desk.Arrive(new("/inbox$"));
        await desk.Sees(desk.Page.Locator(".inbox").GetByText(warning.OrderNo));
    }

    /// <summary>As the watch does with a deadline that is open again: this time the distributor has somebody who reads it.</summary>
    private async Task RaiseAgain(Warning warning)
    {
        await installation.With<IServiceProvider, Done>(async services =>
        {
            await services.GetRequiredService<Db>().InTransaction(() =>
            {
                services.GetRequiredService<Outbox>().Publish(new WarningRaised(
                    warning.OrderId, warning.OrderNo, warning.DistributorId, warning.Kind, warning.StageName, warning.Deadline,
                    warning.Amount ?? Money.Zero));
                return Task.CompletedTask;
            });
            return default;
        });
        await installation.SettleDown();
    }
}
