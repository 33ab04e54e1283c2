import { buildApp } from './build-app.ts';

void buildApp;
