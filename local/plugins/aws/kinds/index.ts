import type { Kind } from "../kind";
import { internetGateway } from "./ec2/internet-gateway";
import { keyPair } from "./ec2/key-pair";
import { route, routeTable, routeTableAssociation } from "./ec2/routes";
import { securityGroup } from "./ec2/security-group";
import { securityRule } from "./ec2/security-rule";
import { subnet } from "./ec2/subnet";
import { vpc } from "./ec2/vpc";
import { eventRule, eventTarget } from "./events";
import { policyAttachment } from "./iam/attachment";
import { inlinePolicy } from "./iam/inline-policy";
import { instanceProfile } from "./iam/instance-profile";
import { openIdConnectProvider } from "./iam/oidc-provider";
import { policy } from "./iam/policy";
import { role } from "./iam/role";
import { accessKey, user } from "./iam/user";
import { lambdaFunction } from "./lambda/function";
import { lambdaPermission } from "./lambda/permission";
import { logGroup } from "./logs";

/** What the stand-in for `@pulumi/aws` makes, by type token. */
export const kinds: Readonly<Record<string, Kind>> = {
  "aws:cloudwatch/eventRule:EventRule": eventRule,
  "aws:cloudwatch/eventTarget:EventTarget": eventTarget,
  "aws:cloudwatch/logGroup:LogGroup": logGroup,
  "aws:ec2/internetGateway:InternetGateway": internetGateway,
  "aws:ec2/keyPair:KeyPair": keyPair,
  "aws:ec2/route:Route": route,
  "aws:ec2/routeTable:RouteTable": routeTable,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": routeTableAssociation,
  "aws:ec2/securityGroup:SecurityGroup": securityGroup,
  "aws:ec2/subnet:Subnet": subnet,
  "aws:ec2/vpc:Vpc": vpc,
  "aws:iam/accessKey:AccessKey": accessKey,
  "aws:iam/instanceProfile:InstanceProfile": instanceProfile,
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": openIdConnectProvider,
  "aws:iam/policy:Policy": policy,
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": inlinePolicy("Role"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": policyAttachment("Role"),
  "aws:iam/user:User": user,
  "aws:iam/userPolicy:UserPolicy": inlinePolicy("User"),
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": policyAttachment("User"),
  "aws:lambda/function:Function": lambdaFunction,
  "aws:lambda/permission:Permission": lambdaPermission,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityRule("Egress"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityRule("Ingress"),
};
