using System.Security.Claims;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Notifications;

/// <summary>Notifications (消息): one inbox for each user. What is told, and to whom, each module says of its own events.</summary>
public static class NotificationsModule
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, NotificationPolicy? policy = null)
    {
        services.AddModule<NotificationRow>("notifications");
        services.AddSingleton(policy ?? NotificationPolicy.Default).AddScoped<Inbox>().AddScoped<NotificationWords>().AddScoped<Recipients>();
        services.AddSingleton(new Bell("/inbox", (provider, user, cancel) => provider.GetRequiredService<Inbox>().UnreadAsync(user.UserId, cancel)));
        services.AddSingleton(new HomeFigure(Face.Office, UnreadAsync));
        services.AddScoped<Mails>().Follow<MailQueued, SendMail>().AddRecurring<FetchReturns>("fetch-returned-mail", "20 1/5 * * * ?");
        return services.AddRecurring<ForgetOld>("forget-notifications", "0 40 20 * * ?");
    }

    /// <summary>
    /// Tells people of an event, after the commit that published it: each of them once, however often the event is delivered. One
    /// line in the door of the module whose event it is.
    /// </summary>
    /// <param name="services">Where to add.</param>
    /// <param name="tell">What is told; null: nothing.</param>
    public static IServiceCollection Tell<TEvent>(this IServiceCollection services, Func<TEvent, Notification?> tell) where TEvent : IEvent =>
        services.AddSingleton(new Telling<TEvent>(tell)).Follow<TEvent, Tell<TEvent>>(happened => tell(happened) is not null);

    /// <summary>
    /// Marks what was told as read for everybody, since an event says that the work is done: what one colleague has decided does not wait in the inboxes of
    /// the others. One line in the door of the module whose event it is.
    /// </summary>
    /// <param name="services">Where to add.</param>
    /// <param name="handled">What is done; null: nothing.</param>
    public static IServiceCollection Done<TEvent>(this IServiceCollection services, Func<TEvent, Handled?> handled) where TEvent : IEvent =>
        services.AddSingleton(new Handling<TEvent>(handled)).Follow<TEvent, MarkHandled<TEvent>>(happened => handled(happened) is not null);

    private static async Task<HomeFigure.Shown?> UnreadAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<Inbox>().UnreadAsync(user.UserId, cancel) is > 0 and var unread
            ? new("未读消息", unread < Inbox.MostCounted ? $"{unread} 条" : $"{unread} 条以上", "和您有关的事", "/inbox")
            : null;

    /// <summary>The inbox at the root, for every face.</summary>
    public static IEndpointRouteBuilder MapInbox(this IEndpointRouteBuilder endpoints)
    {
        var inbox = endpoints.MapGroup("/inbox").RequireAuthorization(Policies.SignedIn).WithMetadata(new RequireAntiforgeryTokenAttribute());
        inbox.MapGet("", InboxEndpoint.List);
        inbox.MapGet("/{id:guid}", InboxEndpoint.Open);
        inbox.MapPost("/{id:guid}/read", InboxEndpoint.Read);
        inbox.MapPost("/read", InboxEndpoint.ReadAll);
        return endpoints;
    }
}
