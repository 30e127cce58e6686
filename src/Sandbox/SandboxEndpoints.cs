namespace HaoSuan.Sandbox;

public static class SandboxEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Every wire of the sandbox, at the paths of the real platforms, and /sandbox, from which it is driven.</summary>
        public void MapSandbox(SandboxWorld world)
        {
            world.WeChatServer.Map(routes);
            world.WeChatUsers.Map(routes);
            new WeChat.WeChatPages(world.WeChatServer, world.WeChatBooks, world.WeChatPlatform, world.Time).Map(routes);
            world.AlipayServer.Map(routes);
            world.HaoyiServer.Map(routes);
            world.Hao172Server.Map(routes);
            world.SmsServer.Map(routes);
            world.IdCheckServer.Map(routes);
            world.YunfanServer.Map(routes);
            world.InvoicePlatform.Map(routes);
            var api = new Control.ControlApi(world);
            api.Map(routes);
            new Control.ControlPage(world, api).Map(routes);
            new Alipay.AlipayPages(world.AlipayPlatform, world.AlipayServer, world.AlipayBooks).Map(routes);
        }
    }
}
